package io.countinghouse.defaults.http;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The proxy through which others outside of the installation are called, where there must be one. */
@ApplicationScoped
public class EgressProxy {

    /** {@code countinghouse.egress.*} */
    @ConfigMapping(prefix = "countinghouse.egress")
    interface EgressConfig {
        /** Such as {@code http://proxy.example.com:3128}; without one they are called directly. */
        Optional<URI> proxy();

        /** Hosts that are called directly all the same, and all names below those that begin with a dot. */
        Optional<List<String>> except();
    }

    private final EgressConfig config;

    EgressProxy(EgressConfig config) {
        this.config = config;
    }

    /** A builder of a client that calls a host outside. */
    public QuarkusRestClientBuilder through(QuarkusRestClientBuilder builder, URI target) {
        proxyFor(target.getHost()).ifPresent(proxy -> builder.proxyAddress(proxy.getHost(), proxy.getPort()));
        return builder;
    }

    /** Of a request to a host outside; empty when it is called directly. */
    public Optional<ProxyOptions> optionsFor(String host) {
        return proxyFor(host)
                .map(proxy -> new ProxyOptions()
                        .setType(ProxyType.HTTP)
                        .setHost(proxy.getHost())
                        .setPort(proxy.getPort()));
    }

    private Optional<URI> proxyFor(String host) {
        return config.proxy()
                .filter(_ -> config.except().orElse(List.of()).stream()
                        .noneMatch(except -> except.startsWith(".")
                                ? host.toLowerCase(Locale.ROOT).endsWith(except)
                                : host.equalsIgnoreCase(except)));
    }
}
