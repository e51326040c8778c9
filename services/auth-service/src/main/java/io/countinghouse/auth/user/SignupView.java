package io.countinghouse.auth.user;

record SignupView(TenantView tenant, UserView user) {}
