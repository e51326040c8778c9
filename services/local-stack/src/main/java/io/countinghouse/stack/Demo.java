package io.countinghouse.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** {@code scripts/up --demo}: the main job, each step printed with what the services answered. */
final class Demo {

    private final LocalStack stack;
    private final PrintStream out;
    private int steps;

    Demo(LocalStack stack, PrintStream out) {
        this.stack = stack;
        this.out = out;
    }

    void run(Path file) {
        UsageFile usage = UsageFile.read(file == null ? sample() : file);
        Journey journey = new Journey(stack.config().originUrl(), stack.secrets(), usage, "");

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

        for (JsonNode period : journey.periods()) {
            bill(journey, period);
        }
        forecast(journey.forecast());
    }

    private void bill(Journey journey, JsonNode period) {
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
        step(
                "mail",
                "'" + mail.get("subject").asText() + "' delivered, read it at "
                        + stack.config().originUrl() + "/mailbox");
        JsonNode paid = journey.pay(invoice);
        step("payment", "status " + paid.get("status").asText());
        JsonNode proof = journey.auditProof("invoice.paid", invoice);
        if (!AuditProof.isValid(proof, journey.auditKey().get("public_key").asText())) {
            throw new StackException("the inclusion proof of the payment's audit entry does not verify: " + proof);
        }
        step(
                "audit",
                "entry " + proof.get("leaf_index").asText() + " of "
                        + proof.get("tree_size").asText() + ": inclusion proof and signed checkpoint verified");
    }

    private void forecast(JsonNode generation) {
        step("forecast", "context tokens of the next days, with 95 % interval");
        for (JsonNode point : generation.at("/output/points")) {
            out.printf(
                    "      %-28s %16s   %s to %s%n",
                    point.get("window_start").asText(),
                    point.get("value").asText(),
                    point.get("lower").asText(),
                    point.get("upper").asText());
        }
    }

    private Path sample() {
        Path file = stack.config().data().resolve("demo-usage.csv");
        if (!Files.exists(file)) {
            Instant lastMonth = Instant.now()
                    .atZone(ZoneOffset.UTC)
                    .truncatedTo(ChronoUnit.DAYS)
                    .withDayOfMonth(1)
                    .minusMonths(1)
                    .toInstant();
            UsageFile.writeSample(file, lastMonth);
        }
        out.println("Usage of the demo: " + file);
        return file;
    }

    private Path save(byte[] pdf, String number) {
        Path file = stack.config().data().resolve("invoices").resolve(number + ".pdf");
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, pdf);
        } catch (IOException e) {
            throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
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
