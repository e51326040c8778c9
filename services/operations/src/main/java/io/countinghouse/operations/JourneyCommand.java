package io.countinghouse.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.JourneyReport;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.operations.secret.EnvironmentSecrets;
import io.countinghouse.operations.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "journey",
        mixinStandardHelpOptions = true,
        description = {
            "Drives the main job, from sign-up to the paid invoice, and prints each step.",
            "COUNTINGHOUSE_OPERATOR_EMAIL and COUNTINGHOUSE_OPERATOR_PASSWORD log in who defines the catalogue;"
                    + " COUNTINGHOUSE_CUSTOMER_PASSWORD is what the customer signs up with."
        })
final class JourneyCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Option(
            names = "--usage",
            required = true,
            paramLabel = "FILE",
            description = "CSV with TIMESTAMP,ContextTokens,GeneratedTokens")
    private Path usage;

    @Option(names = "--customer", defaultValue = "", description = "tells customers apart that use the same file")
    private String customer;

    @Option(names = "--folder", defaultValue = "/tmp", description = "for the PDF files (default: /tmp)")
    private Path folder;

    @Option(names = "--json", description = "print the invoices as JSON, one a line, at the end")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(usage)) {
            throw new OperationException("--usage " + usage + " cannot be read");
        }
        Api api = installation.api();
        Login operator;
        try (Secrets secrets = Secrets.configured()) {
            operator = new Login(api, secrets.operator());
        }
        Journey journey = new Journey(
                api,
                operator,
                EnvironmentSecrets.variable("COUNTINGHOUSE_CUSTOMER_PASSWORD"),
                UsageFile.read(usage),
                customer);
        List<JsonNode> invoices = new JourneyReport(journey, System.out, folder).run();
        if (json) {
            for (JsonNode invoice : invoices) {
                System.out.println(new ObjectMapper().writeValueAsString(invoice));
            }
        }
        return 0;
    }
}
