package io.countinghouse.notification;

import static org.awaitility.Awaitility.await;

import jakarta.mail.BodyPart;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What has arrived at one address of the mail server. */
public final class Mailbox {

    private Mailbox() {}

    /** A mail that arrived. */
    public record Received(String messageId, String from, String subject, String text, String html) {}

    public static List<Received> of(String address) {
        var session = Session.getInstance(new Properties());
        try (var store = session.getStore("imap")) {
            store.connect("127.0.0.1", Integer.getInteger(MailServer.IMAP_PORT), address, address);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                var mails = new ArrayList<Received>();
                for (Message message : inbox.getMessages()) {
                    mails.add(received(message));
                }
                return mails;
            }
        } catch (jakarta.mail.AuthenticationFailedException e) {
            // The server makes a mailbox when its first mail arrives.
            return List.of();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Received only(String address) {
        await().atMost(Duration.ofMinutes(1)).until(() -> !of(address).isEmpty());
        List<Received> mails = of(address);
        if (mails.size() != 1) {
            throw new AssertionError(address + " has " + mails.size() + " mails");
        }
        return mails.getFirst();
    }

    private static Received received(Message message) throws MessagingException, IOException {
        var parts = new ArrayList<Part>();
        collect(message, parts);
        return new Received(
                message.getHeader("Message-ID")[0],
                message.getFrom()[0].toString(),
                message.getSubject(),
                content(parts, "text/plain"),
                content(parts, "text/html"));
    }

    private static void collect(Part part, List<Part> parts) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart body = multipart.getBodyPart(i);
                collect(body, parts);
            }
        } else {
            parts.add(part);
        }
    }

    private static String content(List<Part> parts, String type) throws MessagingException, IOException {
        for (Part part : parts) {
            if (part.isMimeType(type)) {
                return part.getContent().toString().replace("\r\n", "\n");
            }
        }
        return null;
    }
}
