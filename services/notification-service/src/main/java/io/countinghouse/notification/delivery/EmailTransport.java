package io.countinghouse.notification.delivery;

import io.countinghouse.notification.message.ClaimedMessage;
import io.countinghouse.notification.message.DeliveryResult;
import io.quarkus.mailer.Mail;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/**
 * Hands mails to the SMTP server. Its acceptance counts as delivered: what happens to a mail behind it, SMTP does not tell.
 */
@ApplicationScoped
class EmailTransport {

    private static final int ACCEPTED = 250;

    private final SmtpMailer mailer;
    private final DeliveryConfig config;
    private final Clock clock;

    EmailTransport(SmtpMailer mailer, DeliveryConfig config, Clock clock) {
        this.mailer = mailer;
        this.config = config;
        this.clock = clock;
    }

    Uni<DeliveryResult> deliver(ClaimedMessage message) {
        Instant startedAt = clock.instant();
        return Uni.createFrom()
                .deferred(() -> mailer.current().send(mail(message)))
                .map(accepted -> DeliveryResult.delivered(ACCEPTED, startedAt))
                .onFailure(SMTPException.class)
                .recoverWithItem(failure -> refused(failure, startedAt))
                .onFailure(IllegalArgumentException.class)
                .recoverWithItem(failure -> DeliveryResult.unanswered(
                        "the address cannot be written to: " + failure.getMessage(), false, startedAt));
    }

    private Mail mail(ClaimedMessage message) {
        var mail = Mail.withText(message.recipient(), message.subject(), message.text());
        if (message.html() != null) {
            mail.setHtml(message.html());
        }
        return mail.addHeader("Message-ID", "<" + message.id() + "@" + config.messageIdDomain() + ">")
                // Keeps vacation notices from answering (RFC 3834).
                .addHeader("Auto-Submitted", "auto-generated");
    }

    private static DeliveryResult refused(SMTPException failure, Instant startedAt) {
        return DeliveryResult.refused(
                failure.getReplyCode(), failure.getReplyMessage(), !failure.isPermanent(), startedAt);
    }
}
