package io.countinghouse.auth.throttle;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Where the current request comes from. A forwarding header counts only where the installation says that a proxy sets
 * it (quarkus.http.proxy.*); else anybody could choose an address. An IPv6 address counts as its /64, which is what
 * one customer of a provider gets and can move in freely.
 */
@ApplicationScoped
public class ClientAddress {

    private static final int PREFIX_BYTES = 8;

    private final CurrentVertxRequest http;

    ClientAddress(CurrentVertxRequest http) {
        this.http = http;
    }

    public String current() {
        return normalise(http.getCurrent().request().remoteAddress().hostAddress());
    }

    static String normalise(String literal) {
        InetAddress address = InetAddress.ofLiteral(literal);
        if (address instanceof Inet6Address v6) {
            byte[] prefix = Arrays.copyOf(Arrays.copyOf(v6.getAddress(), PREFIX_BYTES), 16);
            try {
                return InetAddress.getByAddress(prefix).getHostAddress() + "/64";
            } catch (java.net.UnknownHostException e) {
                throw new IllegalStateException("16 bytes are an IPv6 address", e);
            }
        }
        return address.getHostAddress();
    }
}
