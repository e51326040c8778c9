package io.countinghouse.stack;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An SMTP server that keeps what it is sent instead of passing it on, so that every mail can be read at a URL. */
final class Mailbox implements AutoCloseable {

    private final GreenMail server;

    private Mailbox(GreenMail server) {
        this.server = server;
    }

    static Mailbox start(String address, int port) {
        ServerSetup setup = new ServerSetup(port, address, ServerSetup.PROTOCOL_SMTP);
        // Starting seven JVMs keeps two cores busy; the thread may get its turn late.
        setup.setServerStartupTimeout(20_000);
        GreenMail server = new GreenMail(setup);
        // Who logs in is let in; nobody has to.
        server.withConfiguration(new GreenMailConfiguration().withDisabledAuthentication());
        server.start();
        return new Mailbox(server);
    }

    /** Every mail since the stack started, oldest first; only those to one address when it is given. */
    JsonObject list(String to) {
        JsonArray mails = new JsonArray();
        for (MimeMessage message : server.getReceivedMessages()) {
            try {
                String recipients = Arrays.stream(message.getAllRecipients())
                        .map(Address::toString)
                        .collect(Collectors.joining(", "));
                if (to == null || recipients.contains(to)) {
                    mails.add(new JsonObject()
                            .put("id", message.getMessageID())
                            .put("from", message.getFrom()[0].toString())
                            .put("to", recipients)
                            .put("subject", message.getSubject())
                            .put("body", GreenMailUtil.getBody(message)));
                }
            } catch (MessagingException e) {
                // Whoever asks for one address must not be shown what may be another's.
                if (to == null) {
                    mails.add(new JsonObject().put("unreadable", e.getMessage()));
                }
            }
        }
        return new JsonObject().put("data", mails).putNull("next");
    }

    @Override
    public void close() {
        server.stop();
    }
}
