package io.countinghouse.notification.sender;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who writes. */
@ConfigMapping(prefix = "countinghouse.notification.sender")
public interface SenderConfig {

    /**
     * The seller's name, as on its invoices: customers know no other. Without a default: a service that does not know it
     * does not start, rather than write in the name of its maker.
     */
    String name();

    /** An address, or a name and an address in angle brackets, of which the address counts. */
    @WithDefault("${quarkus.mailer.from}")
    String address();

    /** Where answers go; absent, to the sender's address. */
    Optional<String> replyTo();

    default String bareAddress() {
        String text = address().strip();
        int open = text.lastIndexOf('<');
        return open < 0 || !text.endsWith(">") ? text : text.substring(open + 1, text.length() - 1);
    }
}
