package io.countinghouse.operations;

import io.countinghouse.operations.journey.Api;
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
        return address.url != null ? Api.at(address.url) : Api.ofServicesAt(address.pattern);
    }
}
