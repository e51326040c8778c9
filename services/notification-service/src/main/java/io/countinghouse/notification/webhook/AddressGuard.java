package io.countinghouse.notification.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Keeps tenants from having this service call what only it can reach (server-side request forgery). Whoever calls must
 * connect to the address that was answered here, not to the name again.
 */
@ApplicationScoped
public class AddressGuard {

    private static final Logger LOG = Logger.getLogger(AddressGuard.class);

    private final WebhookConfig config;
    private final Vertx vertx;
    private final List<Network> forbidden;

    AddressGuard(WebhookConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        this.forbidden = config.forbiddenNetworks().orElse(List.of()).stream()
                .map(Network::of)
                .toList();
    }

    /**
     * A URL that may be called.
     *
     * @param address where to connect to
     */
    public record Checked(WebhookUrl url, InetAddress address) {}

    /** Fails with a 422 problem for a URL that may not be called. */
    public Uni<Checked> resolve(String text) {
        return Uni.createFrom().deferred(() -> {
            WebhookUrl url = WebhookUrl.of(text, config.allowHttp());
            return vertx.executeBlocking(() -> InetAddress.getAllByName(url.host()), false)
                    .onFailure(UnknownHostException.class)
                    .transform(_ -> refused(text))
                    .map(addresses -> new Checked(url, checked(text, addresses)));
        });
    }

    /** All addresses count: which of them the next look-up gives first is up to whoever owns the name. */
    private InetAddress checked(String url, InetAddress[] addresses) {
        for (InetAddress address : addresses) {
            if (!config.allowPrivateAddresses() && !PublicAddress.is(address)
                    || forbidden.stream().anyMatch(network -> network.contains(address))) {
                LOG.debugf("%s leads to %s, which must not be called", url, address.getHostAddress());
                throw refused(url);
            }
        }
        return addresses[0];
    }

    /** The same words for a name that does not exist and for one that must not be called: a tenant learns of neither. */
    private static RuntimeException refused(String url) {
        return WebhookUrl.refused(url, "its host has no address that may be called");
    }
}
