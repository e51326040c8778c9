package io.countinghouse.invoice.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.invoice.payment.stripe")
interface StripeConfig {

    @WithDefault("https://api.stripe.com")
    String url();

    /** A secret or restricted key that may write payment intents. Vault may hold another, which then is used instead. */
    Optional<String> apiKey();

    /** A card is usually charged within two seconds; the invoice is locked that long, so waiting has an end. */
    @WithDefault("20s")
    Duration timeout();
}
