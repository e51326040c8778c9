package io.countinghouse.notification.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A network in CIDR notation, such as {@code 203.0.113.0/24} or {@code 2001:db8::/32}; without a length, one address. */
record Network(InetAddress address, int length) {

    /** @throws IllegalArgumentException for a text that is not a network */
    static Network of(String text) {
        String[] parts = text.strip().split("/", 2);
        try {
            // A name would be looked up.
            if (!parts[0].matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                throw new IllegalArgumentException("'" + text + "' is not a network like 203.0.113.0/24");
            }
            InetAddress address = InetAddress.getByName(parts[0]);
            int bits = address.getAddress().length * 8;
            int length = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (length < 0 || length > bits) {
                throw new IllegalArgumentException("'" + text + "': a prefix has 0 to " + bits + " bits");
            }
            return new Network(address, length);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a network like 203.0.113.0/24", e);
        }
    }

    boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] bytes = other.getAddress();
        if (own.length != bytes.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((own[bit / 8] & mask) != (bytes[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
