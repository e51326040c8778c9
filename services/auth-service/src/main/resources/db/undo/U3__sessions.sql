DROP TABLE login_throttle;
DROP TABLE auth_token;
DROP TABLE login_session;
