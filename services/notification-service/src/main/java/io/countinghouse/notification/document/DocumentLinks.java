package io.countinghouse.notification.document;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes and reads links to the PDF of an invoice. HMAC-SHA256 over invoice, tenant and end: none of them can be changed, and
 * a link to one invoice opens no other.
 */
@ApplicationScoped
public class DocumentLinks {

    /** Of the key, so that nothing else that the secret signs is a link. */
    private static final String PURPOSE = "invoice document link";

    private final DocumentConfig config;
    private final Clock clock;
    private final SecretBox secret;

    DocumentLinks(DocumentConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.secret = new SecretBox("countinghouse.notification.document.link-secret", config.linkSecret());
    }

    /**
     * A link.
     *
     * @param until when it ends
     */
    public record Link(String url, Instant until) {}

    public Link to(UUID tenant, UUID invoice) {
        Instant until = Instant.ofEpochSecond(
                clock.instant().plus(config.linkValidity()).getEpochSecond());
        return new Link(
                config.publicUrl() + "/v1/notification-documents/" + invoice + "?tenant=" + tenant + "&expires="
                        + until.getEpochSecond() + "&signature=" + signature(tenant, invoice, until.getEpochSecond()),
                until);
    }

    /** 404 for a link that was not made here, 410 for one that has ended. */
    void require(UUID tenant, UUID invoice, long expires, String signature) {
        byte[] expected = signature(tenant, invoice, expires).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
            throw ProblemException.notFound("document of invoice", invoice);
        }
        if (clock.instant().getEpochSecond() >= expires) {
            throw new ProblemException(
                    410,
                    "document-link-expired",
                    "Gone",
                    "The link ended at " + Instant.ofEpochSecond(expires)
                            + ". Ask whoever sent you the mail for the invoice, or log in to see it.");
        }
    }

    private String signature(UUID tenant, UUID invoice, long expires) {
        String signed = tenant + "\n" + invoice + "\n" + expires;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secret.derive(PURPOSE, signed.getBytes(StandardCharsets.UTF_8)));
    }
}
