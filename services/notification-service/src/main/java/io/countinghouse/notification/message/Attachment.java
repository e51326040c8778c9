package io.countinghouse.notification.message;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** The PDF of an invoice that goes with a mail; it is fetched when the mail is sent. */
@RegisterForReflection
public record Attachment(UUID invoiceId, String fileName) {}
