package io.countinghouse.auth.user;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.auth.bootstrap")
interface OperatorConfig {

    Optional<String> operatorEmail();

    Optional<String> operatorPassword();
}
