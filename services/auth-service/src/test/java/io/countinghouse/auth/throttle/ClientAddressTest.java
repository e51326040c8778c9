package io.countinghouse.auth.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::1, 2001:db8:1:2:0:0:0:0/64",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void anIpv4AddressIsItselfAndAnIpv6AddressIsItsNetwork(String literal, String expected) {
        assertThat(ClientAddress.normalise(literal)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, ''", "2001:db8:1:2:0:0:0:0/64, 2001:db8:1:0:0:0:0:0/48"})
    void aNetworkOfIpv6IsPartOfALargerOne(String current, String expected) {
        assertThat(ClientAddress.networkOf(current).orElse("")).isEqualTo(expected);
    }
}
