package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.joda.money.Money;

/** Values of events as people read them. */
final class Values {

    private Values() {}

    /** The day in UTC, as ISO 8601 writes it: the same for every reader. */
    static String day(Instant instant) {
        return instant == null
                ? ""
                : instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    static String amount(Money money) {
        return money.getAmount().toPlainString();
    }

    static String or(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }

    static <T> T require(ReceivedEvent event, String field, T value) {
        if (value == null) {
            throw ProblemException.unprocessable(
                    "event-data", "Event '" + event.id() + "' of type " + event.type() + " has no " + field + ".");
        }
        return value;
    }
}
