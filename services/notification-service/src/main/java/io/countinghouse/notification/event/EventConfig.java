package io.countinghouse.notification.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What mails about events say. */
@ConfigMapping(prefix = "countinghouse.notification")
interface EventConfig {

    /** Where customers reach the product, without a slash at the end: links in mails begin with it. */
    @WithDefault("${countinghouse.security.issuer}")
    String publicUrl();

    /** Where the operator's staff is told what needs a person; absent, it is only logged. */
    Optional<String> operatorEmail();
}
