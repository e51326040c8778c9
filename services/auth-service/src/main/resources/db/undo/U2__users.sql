DROP TABLE "user";
DROP TABLE tenant;
