package io.countinghouse.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

    @Test
    void theExampleOfStandardWebhooksComesOutAsPublished() {
        // Given
        var secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        // When
        String signature = secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}");

        // Then
        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void theLibraryOfTheStandardSignsTheSame() throws Exception {
        // Given
        var secret = WebhookSecret.generate();

        // When
        String signature = secret.sign("msg_1", Instant.ofEpochSecond(1_700_000_000), "{\"ä\":\"€\"}");

        // Then
        assertThat(signature).isEqualTo(new Webhook(secret.value()).sign("msg_1", 1_700_000_000, "{\"ä\":\"€\"}"));
    }

    @Test
    void aSecretDoesNotPrintItself() {
        // When
        String printed = WebhookSecret.generate().toString();

        // Then
        assertThat(printed).isEqualTo("whsec_…");
    }
}
