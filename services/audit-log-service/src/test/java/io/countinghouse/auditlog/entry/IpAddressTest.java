package io.countinghouse.auditlog.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "2001:db8::8a2e:370:7334",
                "2001:0DB8:0000:0000:0000:8a2e:0370:7334",
                "1:2:3:4:5:6:7::",
                "::ffff:192.0.2.1",
                "64:ff9b::192.0.2.33",
                "0:0:0:0:0:0:0:1"
            })
    void anAddressIsOne(String address) {
        assertThat(address).matches(IpAddress.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not an ip",
                "256.0.0.1",
                "01.2.3.4",
                "1.2.3",
                "1.2.3.4.5",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "fe80::1%eth0",
                "[::1]",
                "127.0.0.1 "
            })
    void anythingElseIsNot(String text) {
        assertThat(text).doesNotMatch(IpAddress.PATTERN);
    }
}
