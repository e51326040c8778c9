package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The main job, each step printed with what the services answered. */
public final class JourneyReport {

    private static final int DATE = "2026-01-31".length();

    private final Journey journey;
    private final PrintStream out;
    private final Path invoices;
    private int steps;

    /** @param invoices the folder that the PDF files go to */
    public JourneyReport(Journey journey, PrintStream out, Path invoices) {
        this.journey = journey;
        this.out = out;
        this.invoices = invoices;
    }

    /** @return the invoices, oldest first */
    public List<JsonNode> run() {
        step(
                "catalogue",
                journey.defineCatalogue()
                        ? "3 meters, tax rate and plan '" + Journey.PLAN + "' defined"
                        : "there already");
        step(
                "signup",
                (journey.signUp() ? "tenant " : "known tenant ") + journey.tenantId() + ", owner " + journey.email());
        journey.fillInProfile();
        step("billing profile", "filled in");
        JsonNode subscription = journey.subscribe();
        step(
                "subscription",
                subscription.get("plan_code").asText() + " version "
                        + subscription.get("plan_version").asText() + " from "
                        + subscription.get("start_at").asText() + " to "
                        + subscription.get("end_at").asText());
        out.printf("%2d. %-16s ", ++steps, "usage");
        Journey.Sent sent = journey.sendUsage(() -> {
            out.print('.');
            out.flush();
        });
        out.printf(" %,d events new, %,d known already%n", sent.accepted(), sent.duplicates());
        step("close", journey.closePeriods() + " period(s) closed now");

        List<JsonNode> billed = journey.periods().stream().map(this::bill).toList();
        forecast(journey.forecast());
        return billed;
    }

    private JsonNode bill(JsonNode period) {
        JsonNode invoice = journey.finalizeInvoice(
                journey.invoiceOf(period.get("period_id").asText()));
        step(
                "invoice",
                invoice.get("number").asText() + " for "
                        + period.get("period_start").asText() + " to "
                        + period.get("period_end").asText());
        for (JsonNode line : invoice.get("lines")) {
            out.printf(
                    "      %-28s %16s %12s%n",
                    line.get("description").asText(), line.get("quantity").asText(), money(line.get("amount")));
        }
        out.printf("      %-28s %16s %12s%n", "net", "", money(invoice.get("net")));
        out.printf("      %-28s %16s %12s%n", "tax", "", money(invoice.get("tax")));
        out.printf("      %-28s %16s %12s%n", "total", "", money(invoice.get("total")));
        step("pdf", save(journey.pdf(invoice), invoice.get("number").asText()).toString());
        JsonNode mail = journey.mailAbout(invoice);
        step("mail", "'" + mail.get("subject").asText() + "' delivered to " + journey.email());
        JsonNode paid = journey.pay(invoice);
        step("payment", "status " + paid.get("status").asText());
        JsonNode proof = journey.auditProof("invoice.paid", invoice);
        if (!AuditProof.isValid(proof, journey.auditKey().get("public_key").asText())) {
            throw new OperationException("the inclusion proof of the payment's audit entry does not verify: " + proof);
        }
        step(
                "audit",
                "entry " + proof.get("leaf_index").asText() + " of "
                        + proof.get("tree_size").asText() + ": inclusion proof and signed checkpoint verified");
        return paid;
    }

    private void forecast(JsonNode generation) {
        JsonNode output = generation.get("output");
        step(
                "forecast",
                "context tokens of the next days with 95 %% interval (%s, from %s days)"
                        .formatted(
                                output.get("method").asText(),
                                output.get("history_windows").asText()));
        for (JsonNode point : output.get("points")) {
            expected(
                    point.get("window_start").asText().substring(0, DATE),
                    point.get("value"),
                    point.get("lower"),
                    point.get("upper"));
        }
        expected("in all", output.get("total"), output.get("total_lower"), output.get("total_upper"));
    }

    private void expected(String when, JsonNode value, JsonNode lower, JsonNode upper) {
        out.printf("      %-28s %16s   %s to %s%n", when, value.asText(), lower.asText(), upper.asText());
    }

    private Path save(byte[] pdf, String number) {
        Path file = invoices.resolve(number + ".pdf");
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, pdf);
        } catch (IOException e) {
            throw new OperationException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private void step(String what, String result) {
        out.printf("%2d. %-16s %s%n", ++steps, what, result);
        out.flush();
    }

    private static String money(JsonNode money) {
        return money.get("amount").asText() + " " + money.get("currency").asText();
    }
}
