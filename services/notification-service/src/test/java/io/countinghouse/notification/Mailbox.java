package io.countinghouse.notification;

import static org.awaitility.Awaitility.await;

import jakarta.mail.BodyPart;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** What has arrived at one address of the mail server. */
public final class Mailbox {

    private Mailbox() {}

    /** A mail that arrived. */
    public record Received(
            String messageId,
            String senderName,
            String senderAddress,
            String subject,
            String text,
            String html,
            Map<String, byte[]> attachments,
            String raw) {

        /** The header as it came over the wire, without the name. */
        public String header(String name) {
            var found =
                    Pattern.compile("(?ms)^" + name + ": (.*?)\\r\\n(?![ \\t])").matcher(head());
            return found.find() ? found.group(1) : null;
        }

        /** All headers, as they came. */
        public String head() {
            return raw.substring(0, raw.indexOf("\r\n\r\n") + 2);
        }
    }

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
        var sender = (InternetAddress) message.getFrom()[0];
        var raw = new ByteArrayOutputStream();
        message.writeTo(raw);
        var attachments = new LinkedHashMap<String, byte[]>();
        for (Part part : parts) {
            if (Part.ATTACHMENT.equals(part.getDisposition())) {
                attachments.put(part.getFileName(), part.getInputStream().readAllBytes());
            }
        }
        return new Received(
                message.getHeader("Message-ID")[0],
                sender.getPersonal(),
                sender.getAddress(),
                message.getSubject(),
                content(parts, "text/plain"),
                content(parts, "text/html"),
                attachments,
                raw.toString(StandardCharsets.UTF_8));
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
