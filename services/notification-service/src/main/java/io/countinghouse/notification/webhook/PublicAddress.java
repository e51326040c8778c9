package io.countinghouse.notification.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Tells addresses of the Internet from all others (IANA's special-purpose registries, RFC 6890). */
final class PublicAddress {

    /** 64:ff9b::/96 (RFC 6052). */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        boolean special = a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && b >= 64 && b < 128
                || a == 169 && b == 254
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 192 && b == 88 && c == 99
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113
                || isPlatform(a, b, c, bytes[3] & 0xff);
        return !special;
    }

    /** Azure answers every machine of its own at this one, with what only they should know. */
    private static boolean isPlatform(int a, int b, int c, int d) {
        return a == 168 && b == 63 && c == 129 && d == 16;
    }

    /** Only global unicast (2000::/3), and of that nothing that carries an IPv4 address or is set apart. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if (Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            // Reaches whatever the embedded IPv4 address is. In 64:ff9b:1::/48, of local use, that may stand anywhere.
            return isPublic4(Arrays.copyOfRange(bytes, NAT64.length, 16));
        }
        boolean globalUnicast = (first & 0xe000) == 0x2000;
        boolean teredoOrSpecial = first == 0x2001 && (second < 0x0200 || second == 0x0db8);
        boolean sixToFour = first == 0x2002;
        boolean documentation = first == 0x3fff && second < 0x1000;
        return globalUnicast && !teredoOrSpecial && !sixToFour && !documentation;
    }
}
