package io.countinghouse.operations;

import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.secret.Secrets;
import io.countinghouse.operations.secret.Trust;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the services are reached; options of every command that talks to them. */
final class Installation {

    @ArgGroup(multiplicity = "1")
    private Address address;

    private static final class Address {
        @Option(names = "--url", description = "of the one origin, such as https://billing.example.com")
        private String url;

        @Option(
                names = "--services",
                paramLabel = "PATTERN",
                description = "of the services' own addresses, {} stands for the name: http://{}:8080")
        private String pattern;
    }

    Api api() {
        if (address.url != null) {
            return Api.at(address.url);
        }
        Api services = Api.ofServicesAt(address.pattern);
        if (!address.pattern.startsWith("https:")) {
            return services;
        }
        try (Secrets secrets = Secrets.configured()) {
            return secrets.authority().map(Trust::only).map(services::trusting).orElse(services);
        }
    }
}
