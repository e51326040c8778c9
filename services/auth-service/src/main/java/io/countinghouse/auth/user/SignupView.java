package io.countinghouse.auth.user;

import io.quarkus.runtime.annotations.RegisterForReflection;

@RegisterForReflection
record SignupView(TenantView tenant, UserView user) {}
