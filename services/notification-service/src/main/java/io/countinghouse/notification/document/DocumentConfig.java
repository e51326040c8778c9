package io.countinghouse.notification.document;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the customer gets the PDF of an invoice. */
@ConfigMapping(prefix = "countinghouse.notification.document")
public interface DocumentConfig {

    /** Whether the PDF is attached to mails about an invoice; the link is in them in any case. */
    @WithDefault("true")
    boolean attach();

    /** Where customers reach the product, without a slash at the end: links begin with it. */
    @WithDefault("${countinghouse.security.issuer}")
    String publicUrl();

    /** Signs links: at least 32 characters of a random secret. Another one ends all links that are under way. */
    @WithDefault("${countinghouse.notification.webhook.secret-encryption-key}")
    String linkSecret();

    /** The link of a mail that lies for a month still opens; whoever finds it after that needs a login. */
    @WithDefault("30d")
    Duration linkValidity();
}
