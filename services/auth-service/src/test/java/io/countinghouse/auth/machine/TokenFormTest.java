package io.countinghouse.auth.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFormTest {

    @Test
    void aFormIsDecodedAndUnknownParametersAreIgnored() throws TokenForm.UnreadableException {
        TokenForm form = TokenForm.parse(
                "grant_type=client_credentials&scope=a+b%20c&client_id=%C3%A9&client_secret=50%25&x=1&scope=");

        assertThat(form.grantType()).isEqualTo("client_credentials");
        assertThat(form.scope()).isEqualTo("a b c");
        assertThat(form.clientId()).isEqualTo("é");
        assertThat(form.clientSecret()).isEqualTo("50%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=%",
                "a=%zz",
                "client_id=50%&grant_type=client_credentials",
                "client_secret=%ED%A0%80",
                "client_secret=%00",
                "scope=a&scope=b",
                "%=1"
            })
    void aFormThatCannotBeReadIsRefusedWithoutQuotingIt(String body) {
        assertThatThrownBy(() -> TokenForm.parse(body))
                .isInstanceOf(TokenForm.UnreadableException.class)
                .hasMessageNotContaining("50%")
                .hasMessageNotContaining("%");
    }

    @Test
    void aFormThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> TokenForm.parse("a".repeat(TokenForm.LONGEST + 1)))
                .isInstanceOf(TokenForm.UnreadableException.class)
                .hasMessageContaining("8192");
    }

    @Test
    void aThousandFieldsAreRead() throws TokenForm.UnreadableException {
        assertThat(TokenForm.parse("a=1&".repeat(1_100) + "grant_type=x").grantType())
                .isEqualTo("x");
    }

    @Test
    void whatIsPrintedHoldsNoSecret() throws TokenForm.UnreadableException {
        assertThat(TokenForm.parse("client_id=c&client_secret=chs_secret"))
                .asString()
                .doesNotContain("chs_secret");
    }
}
