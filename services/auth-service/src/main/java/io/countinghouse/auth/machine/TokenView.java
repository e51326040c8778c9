package io.countinghouse.auth.machine;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A successful answer of the token endpoint: RFC 6749 section 5.1. */
@RegisterForReflection
record TokenView(String accessToken, String tokenType, long expiresIn, String scope) {

    @Override
    public String toString() {
        return "a token of scope " + scope;
    }
}
