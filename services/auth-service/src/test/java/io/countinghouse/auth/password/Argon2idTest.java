package io.countinghouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Argon2idTest {

    /** From the test suite of the reference implementation (P-H-C/phc-winner-argon2, src/test.c). */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final Argon2id argon2id = new Argon2id(19_456, 2);

    @Test
    void aHashOfTheReferenceImplementationVerifies() {
        assertThat(Argon2id.verify(REFERENCE, "password")).isTrue();
    }

    @Test
    void anotherPasswordDoesNotVerify() {
        assertThat(Argon2id.verify(REFERENCE, "Password")).isFalse();
    }

    @Test
    void aNewHashNamesOwaspsParametersAndVerifies() {
        String hash = argon2id.hash("a long enough password");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Argon2id.verify(hash, "a long enough password")).isTrue();
    }

    @Test
    void theSamePasswordIsHashedWithAnotherSaltEachTime() {
        assertThat(argon2id.hash("a long enough password")).isNotEqualTo(argon2id.hash("a long enough password"));
    }

    @Test
    void whatAnUnknownAccountIsVerifiedAgainstCostsTheSameAsAHash() {
        String unmatchable = argon2id.unmatchable();

        assertThat(unmatchable).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(argon2id.isOutdated(unmatchable)).isFalse();
        assertThat(Argon2id.verify(unmatchable, "a long enough password")).isFalse();
    }

    @Test
    void aHashOfOtherParametersIsOutdated() {
        assertThat(argon2id.isOutdated(REFERENCE)).isTrue();
    }

    @Test
    void whatIsNoArgon2idHashIsRefusedAndNotQuoted() {
        assertThatThrownBy(() -> Argon2id.verify("$2b$12$abcdef", "password"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("abcdef");
    }
}
