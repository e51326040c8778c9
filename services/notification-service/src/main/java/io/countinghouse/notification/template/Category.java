package io.countinghouse.notification.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a message is about. A tenant can switch off what it need not have. */
public enum Category {
    /** About the account itself: has to arrive. */
    @JsonProperty("account")
    ACCOUNT(true),
    /** Documents that the law or the contract says are to be delivered. */
    @JsonProperty("invoices")
    INVOICES(true),
    @JsonProperty("subscriptions")
    SUBSCRIPTIONS(false),
    @JsonProperty("alerts")
    ALERTS(false),
    @JsonProperty("announcements")
    ANNOUNCEMENTS(false);

    private final boolean transactional;

    Category(boolean transactional) {
        this.transactional = transactional;
    }

    /** Whether it is sent in any case. */
    public boolean isTransactional() {
        return transactional;
    }

    /** As it is written in JSON and in the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Category of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
