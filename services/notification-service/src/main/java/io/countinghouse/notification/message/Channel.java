package io.countinghouse.notification.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a message travels. */
public enum Channel {
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("webhook")
    WEBHOOK;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Channel of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
