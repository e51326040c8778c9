/**
 * Tenants and the people in them: sign-up, who I am, who else is there, roles and passwords. The operator's own staff are
 * users without a tenant. Sessions are told to end through {@link io.countinghouse.auth.user.UserSessions}, which the
 * session feature implements.
 */
package io.countinghouse.auth.user;
