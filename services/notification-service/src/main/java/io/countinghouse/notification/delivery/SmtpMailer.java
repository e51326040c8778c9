package io.countinghouse.notification.delivery;

import io.countinghouse.defaults.secret.SecretSource;
import io.countinghouse.defaults.secret.Secrets;
import io.countinghouse.defaults.secret.WatchedSecret;
import io.quarkus.mailer.SentMail;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForProxy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

/**
 * The mailer that logs in as Vault says at this moment. Quarkus makes its mailer once, from the configuration; when the
 * login changes, one more is made of the same configuration with that login, and the one before ends when what it was
 * sending must be over. A login that comes from the configuration needs none of this.
 */
@Startup
@ApplicationScoped
@RegisterForProxy(targets = MailerRuntimeConfig.class)
@RegisterForReflection(targets = MailerRuntimeConfig.class)
class SmtpMailer {

    private final WatchedSecret login;
    private final MailClient configured;
    private final Vertx vertx;
    private final io.vertx.mutiny.core.Vertx mutinyVertx;
    private final MailersRuntimeConfig config;
    private final MailerSupport support;
    private final TlsConfigurationRegistry tls;
    private final Event<SentMail> sent;
    private final DeliveryConfig delivery;
    private WatchedSecret.Version version;
    private Mailers own;

    SmtpMailer(
            Secrets secrets,
            MailClient configured,
            Vertx vertx,
            io.vertx.mutiny.core.Vertx mutinyVertx,
            MailersRuntimeConfig config,
            MailerSupport support,
            TlsConfigurationRegistry tls,
            Event<SentMail> sent,
            DeliveryConfig delivery) {
        this.login = secrets.watch(
                "smtp", Map.of("username", "quarkus.mailer.username", "password", "quarkus.mailer.password"));
        this.configured = configured;
        this.vertx = vertx;
        this.mutinyVertx = mutinyVertx;
        this.config = config;
        this.support = support;
        this.tls = tls;
        this.sent = sent;
        this.delivery = delivery;
    }

    Uni<Void> send(MailMessage mail) {
        return Uni.createFrom()
                .completionStage(() -> current().sendMail(mail).toCompletionStage())
                .replaceWithVoid();
    }

    private synchronized MailClient current() {
        WatchedSecret.Version now = login.current();
        if (!now.equals(version)) {
            endLater(own);
            own = now.source() == SecretSource.VAULT ? mailers(now) : null;
            version = now;
        }
        return own == null ? configured : own.mailClientFromName(Mailers.DEFAULT_MAILER_NAME);
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (own != null) {
            own.stop();
        }
    }

    private Mailers mailers(WatchedSecret.Version now) {
        MailerRuntimeConfig changed = changed(
                config.mailers().get(Mailers.DEFAULT_MAILER_NAME), now.value("username"), now.value("password"));
        MailersRuntimeConfig all = () -> Map.of(Mailers.DEFAULT_MAILER_NAME, changed);
        return new Mailers(vertx, mutinyVertx, all, LaunchMode.current(), support, tls, sent);
    }

    private void endLater(Mailers before) {
        if (before != null) {
            vertx.setTimer(delivery.timeout().toMillis(), _ -> before.stop());
        }
    }

    /** The same configuration with another login. */
    private static MailerRuntimeConfig changed(
            MailerRuntimeConfig config, Optional<String> username, Optional<String> password) {
        return (MailerRuntimeConfig) Proxy.newProxyInstance(
                MailerRuntimeConfig.class.getClassLoader(),
                new Class<?>[] {MailerRuntimeConfig.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "username" -> username;
                    case "password" -> password;
                    default -> {
                        try {
                            yield method.invoke(config, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }
}
