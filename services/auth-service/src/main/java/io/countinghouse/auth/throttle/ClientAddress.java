package io.countinghouse.auth.throttle;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the current request comes from. A forwarding header counts only where the installation says that a proxy sets
 * it (quarkus.http.proxy.*); else anybody could choose an address. An IPv6 address counts as its /64, which is what
 * one customer of a provider gets and can move in freely.
 */
@ApplicationScoped
public class ClientAddress {

    private static final int CUSTOMER_BYTES = 8;
    private static final int SITE_BYTES = 6;

    private final CurrentVertxRequest http;

    ClientAddress(CurrentVertxRequest http) {
        this.http = http;
    }

    public String current() {
        return normalise(http.getCurrent().request().remoteAddress().hostAddress());
    }

    static String normalise(String literal) {
        InetAddress address = InetAddress.ofLiteral(literal);
        return address instanceof Inet6Address v6 ? prefix(v6, CUSTOMER_BYTES) : address.getHostAddress();
    }

    /** The /48 of an IPv6 address as {@link #current} names it, which one customer may hold whole; IPv4 has nothing like it. */
    static Optional<String> networkOf(String current) {
        return current.endsWith("/64")
                ? Optional.of(prefix(
                        (Inet6Address) InetAddress.ofLiteral(current.substring(0, current.indexOf('/'))), SITE_BYTES))
                : Optional.empty();
    }

    private static String prefix(Inet6Address address, int bytes) {
        byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), bytes), 16);
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + "/" + bytes * 8;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an IPv6 address", e);
        }
    }
}
