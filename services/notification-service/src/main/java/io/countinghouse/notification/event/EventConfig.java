package io.countinghouse.notification.event;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What mails about events say. */
@ConfigMapping(prefix = "countinghouse.notification")
interface EventConfig {

    /** Where the operator's staff is told what needs a person; absent, it is only logged. */
    Optional<String> operatorEmail();
}
