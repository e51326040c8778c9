package io.countinghouse.notification.delivery;

import io.countinghouse.defaults.text.EmailAddress;
import io.countinghouse.notification.document.Documents;
import io.countinghouse.notification.message.ClaimedMessage;
import io.countinghouse.notification.message.DeliveryResult;
import io.countinghouse.notification.sender.SenderConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Hands mails to the SMTP server. Its acceptance counts as delivered: what happens to a mail behind it, SMTP does not tell.
 */
@ApplicationScoped
class EmailTransport {

    private static final Logger LOG = Logger.getLogger(EmailTransport.class);

    private static final int ACCEPTED = 250;

    private final SmtpMailer mailer;
    private final Documents documents;
    private final SenderConfig sender;
    private final DeliveryConfig config;
    private final Clock clock;

    EmailTransport(SmtpMailer mailer, Documents documents, SenderConfig sender, DeliveryConfig config, Clock clock) {
        this.mailer = mailer;
        this.documents = documents;
        this.sender = sender;
        this.config = config;
        this.clock = clock;
    }

    Uni<DeliveryResult> deliver(ClaimedMessage message) {
        Instant startedAt = clock.instant();
        return Uni.createFrom()
                .deferred(() -> {
                    EmailAddress recipient = EmailAddress.of(message.recipient());
                    return attached(message).chain(pdf -> mailer.send(mail(message, recipient, pdf)));
                })
                .map(accepted -> DeliveryResult.delivered(ACCEPTED, startedAt))
                .onFailure(SMTPException.class)
                .recoverWithItem(failure -> refused(failure, startedAt))
                .onFailure(IllegalArgumentException.class)
                .recoverWithItem(failure -> DeliveryResult.unanswered(
                        "the address cannot be written to: " + failure.getMessage(), false, startedAt));
    }

    /** While the document cannot be had the mail waits for it, and goes without it before it is given up: it has a link. */
    private Uni<Optional<byte[]>> attached(ClaimedMessage message) {
        if (message.attachment() == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        Uni<Optional<byte[]>> pdf = documents
                .pdf(message.attachment().invoiceId())
                .invoke(found -> {
                    if (found.isEmpty()) {
                        LOG.warnf(
                                "mail %s goes without %s: invoice-service has no such document",
                                message.id(), message.attachment().fileName());
                    }
                });
        return message.tries() < config.mostAttempts()
                ? pdf.onFailure()
                        .transform(failure -> new IllegalStateException(
                                "the document to be attached cannot be had: " + failure.getMessage(), failure))
                : pdf.onFailure().recoverWithItem(Optional.empty());
    }

    /** Headers are written here: the client's own are cut at UTF-16 units, and there when they are empty. */
    private MailMessage mail(ClaimedMessage message, EmailAddress recipient, Optional<byte[]> pdf) {
        String address = sender.bareAddress();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Message-ID", "<" + message.id() + "@" + config.messageIdDomain() + ">")
                .add("From", MailHeader.mailbox(sender.name(), address))
                .add("To", recipient.deliverable())
                .add("Subject", MailHeader.text("Subject", message.subject()))
                // Keeps vacation notices from answering (RFC 3834).
                .add("Auto-Submitted", "auto-generated");
        sender.replyTo().ifPresent(replies -> headers.add("Reply-To", replies));
        var mail = new MailMessage()
                .setFrom(address)
                .setTo(recipient.deliverable())
                .setText(message.text())
                .setHtml(message.html())
                .setHeaders(headers);
        pdf.ifPresent(content -> mail.setAttachment(MailAttachment.create()
                .setContentType("application/pdf")
                .setDisposition("attachment")
                .setName(message.attachment().fileName())
                .setData(Buffer.buffer(content))));
        return mail;
    }

    private static DeliveryResult refused(SMTPException failure, Instant startedAt) {
        return DeliveryResult.refused(
                failure.getReplyCode(), failure.getReplyMessage(), !failure.isPermanent(), startedAt);
    }
}
