package io.countinghouse.notification.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date in one of HTTP's three forms. */
final class RetryAfter {

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /**
     * @param header null without one
     * @param longest what is longer is cut: a receiver must not keep a message for ever
     * @return empty for a header that says nothing, or a time that is over
     */
    static Optional<Instant> of(String header, Instant now, Duration longest) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        Instant latest = now.plus(longest);
        Optional<Instant> named = text.matches("\\d{1,9}")
                ? Optional.of(now.plusSeconds(Long.parseLong(text)))
                : text.matches("\\d+") ? Optional.of(latest) : date(text);
        return named.filter(time -> time.isAfter(now)).map(time -> time.isBefore(latest) ? time : latest);
    }

    private static Optional<Instant> date(String text) {
        for (DateTimeFormatter format : DATES) {
            try {
                return Optional.of(ZonedDateTime.parse(text, format).toInstant());
            } catch (DateTimeException e) {
                // One of the other forms, or none.
            }
        }
        return Optional.empty();
    }
}
