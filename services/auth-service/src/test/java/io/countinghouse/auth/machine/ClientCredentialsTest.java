package io.countinghouse.auth.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {

    @Test
    void theHeaderIsFormDecodedAndSplitAtTheFirstColon() {
        assertThat(ClientCredentials.from(basic("usage%2Dservice:a%3Ab:c"), null, null))
                .contains(new ClientCredentials("usage-service", "a:b:c"));
    }

    @Test
    void theBodyCountsWithoutAHeader() {
        assertThat(ClientCredentials.from(null, "usage-service", "secret"))
                .contains(new ClientCredentials("usage-service", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic bm9jb2xvbg==", "Basic JTpi"})
    void aHeaderThatCannotBeReadIsNoAuthentication(String header) {
        assertThat(ClientCredentials.from(header, "usage-service", "secret")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "Basic"})
    void aHeaderOfAnotherSchemeIsNotForThisOperation(String header) {
        assertThat(ClientCredentials.from(header, "usage-service", "secret"))
                .contains(new ClientCredentials("usage-service", "secret"));
    }

    @Test
    void halfOfACredentialIsNone() {
        assertThat(ClientCredentials.from(null, "usage-service", null)).isEmpty();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
