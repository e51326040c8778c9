package io.countinghouse.auditlog.entry;

/** How an address is written: RFC 791 dotted decimal without leading zeros, or RFC 4291 section 2.2, without a zone. */
final class IpAddress {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String V4 = "(" + BYTE + "\\.){3}" + BYTE;
    private static final String WORD = "[0-9A-Fa-f]{1,4}";

    /** The last 32 bits, as two words or as an IPv4 address. */
    private static final String TAIL = "(" + WORD + ":" + WORD + "|" + V4 + ")";

    private static final String V6 = "(" + WORD + ":){6}" + TAIL
            + "|::(" + WORD + ":){5}" + TAIL
            + "|(" + WORD + ")?::(" + WORD + ":){4}" + TAIL
            + "|((" + WORD + ":){0,1}" + WORD + ")?::(" + WORD + ":){3}" + TAIL
            + "|((" + WORD + ":){0,2}" + WORD + ")?::(" + WORD + ":){2}" + TAIL
            + "|((" + WORD + ":){0,3}" + WORD + ")?::" + WORD + ":" + TAIL
            + "|((" + WORD + ":){0,4}" + WORD + ")?::" + TAIL
            + "|((" + WORD + ":){0,5}" + WORD + ")?::" + WORD
            + "|((" + WORD + ":){0,6}" + WORD + ")?::";

    static final String PATTERN = V4 + "|" + V6;

    private IpAddress() {}
}
