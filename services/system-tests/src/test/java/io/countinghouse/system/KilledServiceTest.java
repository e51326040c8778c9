package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.ServiceProcess;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each service in turn is killed in the middle of a journey and started again while the journey goes on: it ends with
 * the same invoice, nothing lost and nothing twice.
 */
class KilledServiceTest {

    @ParameterizedTest
    @EnumSource
    void theJourneyEndsWithTheSameInvoice(ServiceName victim) {
        // Given
        LocalStack stack = Stack.get();
        Journey journey = stack.journey(Stack.small(), "-" + victim.id());
        journey.defineCatalogue();
        journey.signUp();
        journey.fillInProfile();
        journey.subscribe();
        journey.sendUsage(() -> {});

        // When
        ServiceProcess service = stack.service(victim);
        service.kill();
        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> {
            service.start();
            stack.awaitReady(service);
        });
        journey.sendUsage(() -> {});
        journey.closePeriods();
        JsonNode period = journey.periods().getFirst();
        JsonNode invoice = journey.finalizeInvoice(
                journey.invoiceOf(period.get("period_id").asText()));
        journey.mailAbout(invoice);
        JsonNode paid = journey.pay(invoice);
        back.join();

        // Then: 40 requests, 4,000,780 context tokens (3,000,780 of them at 0.0000025), 1,180 generated tokens
        assertThat(paid.at("/lines/0/amount/amount").asText()).isEqualTo("49.00");
        assertThat(paid.at("/lines/1/amount/amount").asText()).isEqualTo("7.50");
        assertThat(paid.at("/lines/2/amount/amount").asText()).isEqualTo("0.02");
        assertThat(paid.at("/lines/3/amount/amount").asText()).isEqualTo("0.02");
        assertThat(paid.get("status").asText()).isEqualTo("paid");
        assertThat(journey.periods()).hasSize(1);
        assertThat(journey.invoices()).hasSize(1);
        journey.auditProof("invoice.finalized", invoice);
        journey.auditProof("invoice.paid", invoice);
        assertThat(journey.customer()
                        .get("/v1/audit-logs?action=invoice.finalized")
                        .get("data"))
                .hasSize(1);
        assertThat(journey.forecast().at("/output/points")).hasSize(7);
    }
}
