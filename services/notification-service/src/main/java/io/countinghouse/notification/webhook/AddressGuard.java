package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Keeps tenants from having this service call what only it can reach (server-side request forgery). Whoever calls must
 * connect to the address that was answered here, not to the name again.
 */
@ApplicationScoped
public class AddressGuard {

    private final WebhookConfig config;
    private final Vertx vertx;

    AddressGuard(WebhookConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    /** Where to connect to; fails with a 422 problem for a URL that may not be called. */
    public Uni<InetAddress> resolve(String url) {
        return Uni.createFrom().deferred(() -> {
            String host = checkedForm(url).getHost();
            String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return vertx.executeBlocking(() -> InetAddress.getAllByName(name), false)
                    .onFailure(UnknownHostException.class)
                    .transform(e -> refused(url, "its host '" + name + "' cannot be resolved"))
                    .map(addresses -> checked(url, addresses));
        });
    }

    /** All addresses count: which of them the next look-up gives first is up to whoever owns the name. */
    private InetAddress checked(String url, InetAddress[] addresses) {
        if (!config.allowPrivateAddresses()) {
            for (InetAddress address : addresses) {
                if (!PublicAddress.is(address)) {
                    throw refused(url, "it leads to " + address.getHostAddress() + ", which is no public address");
                }
            }
        }
        return addresses[0];
    }

    private URI checkedForm(String url) {
        try {
            URI uri = new URI(url);
            boolean https = "https".equalsIgnoreCase(uri.getScheme());
            boolean http = "http".equalsIgnoreCase(uri.getScheme());
            if (!https && !(http && config.allowHttp())) {
                throw refused(
                        url,
                        config.allowHttp()
                                ? "it begins with neither https:// nor http://"
                                : "only https:// is allowed");
            }
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw refused(url, "it needs a host, and takes neither user information nor a fragment");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw refused(url, "it is no URL");
        }
    }

    private static ProblemException refused(String url, String reason) {
        return new ProblemException(
                422,
                "webhook-url-refused",
                "Unprocessable content",
                "'" + url + "' cannot be a webhook endpoint: " + reason + ".",
                List.of(new FieldError("url", reason)));
    }
}
