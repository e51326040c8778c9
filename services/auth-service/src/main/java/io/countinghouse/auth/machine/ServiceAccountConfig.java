package io.countinghouse.auth.machine;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.auth.bootstrap")
interface ServiceAccountConfig {

    /** The seven services by name; one without a secret is left as it is. */
    Map<String, Bootstrap> serviceAccounts();

    interface Bootstrap {

        /** SHA-256 of the service's secret, in hexadecimal: this service never needs to know the secret itself. */
        Optional<String> secretHash();
    }
}
