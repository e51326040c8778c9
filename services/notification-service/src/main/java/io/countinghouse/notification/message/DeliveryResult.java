package io.countinghouse.notification.message;

import java.time.Instant;
import java.util.Optional;

/**
 * What came of an attempt.
 *
 * @param handedOver whether the transport took the message: the SMTP server accepted it, the endpoint answered
 * @param worthRetrying false when the same attempt would fail again for ever
 * @param status the SMTP reply code or HTTP status; null without an answer
 * @param detail null when delivered; never the body of an answer
 * @param earliest when the receiver wants to be asked again; empty when it does not say
 */
public record DeliveryResult(
        boolean delivered,
        boolean handedOver,
        boolean worthRetrying,
        Integer status,
        String detail,
        Instant startedAt,
        Optional<Instant> earliest) {

    private static final int LONGEST_DETAIL = 500;

    public DeliveryResult {
        if (detail != null) {
            String printable = detail.replaceAll("\\p{Cntrl}+", " ").strip();
            detail = printable.substring(0, Math.min(printable.length(), LONGEST_DETAIL));
        }
    }

    public static DeliveryResult delivered(Integer status, Instant startedAt) {
        return new DeliveryResult(true, true, false, status, null, startedAt, Optional.empty());
    }

    public static DeliveryResult refused(int status, String detail, boolean worthRetrying, Instant startedAt) {
        return new DeliveryResult(false, true, worthRetrying, status, detail, startedAt, Optional.empty());
    }

    public static DeliveryResult unanswered(String detail, boolean worthRetrying, Instant startedAt) {
        return new DeliveryResult(false, false, worthRetrying, null, detail, startedAt, Optional.empty());
    }

    public DeliveryResult notBefore(Optional<Instant> time) {
        return new DeliveryResult(delivered, handedOver, worthRetrying, status, detail, startedAt, time);
    }
}
