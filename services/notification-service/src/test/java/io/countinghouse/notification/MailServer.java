package io.countinghouse.notification;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real SMTP server, whose mails are read by IMAP: tests and application live in different class loaders. */
public class MailServer implements QuarkusTestResourceLifecycleManager {

    static final String IMAP_PORT = "countinghouse.test.imap-port";

    private GreenMail server;

    @Override
    public Map<String, String> start() {
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        server.start();
        System.setProperty(IMAP_PORT, Integer.toString(server.getImap().getPort()));
        return Map.of("quarkus.mailer.port", Integer.toString(server.getSmtp().getPort()));
    }

    @Override
    public void stop() {
        server.stop();
    }
}
