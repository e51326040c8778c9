package io.countinghouse.notification.event;

import static io.countinghouse.notification.Api.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class DeadLetterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"https://countinghouse.io/problems/event-data\",\"detail\":\"The event has no number.\",\"errors\":[{\"field\":\"number\",\"detail\":\"is missing\"}]} | 422 event-data - The event has no number. [number: is missing]",
                "<html>refused</html> | 422 without a problem document",
                "[] | 422 without a problem document",
                "{\"type\":7,\"detail\":{\"a\":1}} | 422 7 -",
                " | 422 without a problem document"
            })
    void aDeadLetterSaysWhatTheReceiverSaid(String answer, String reason) throws SQLException {
        // Given
        UUID event = UUID.randomUUID();
        StubService.on(
                "POST",
                "/v1/inbox",
                request -> request.body().contains(event.toString())
                        ? new StubService.Answer(422, answer)
                        : new StubService.Answer(204, null));

        // When
        UUID letter = published(event);

        // Then
        await().until(() -> lastError(letter) != null);
        assertThat(lastError(letter)).isEqualTo(reason);
    }

    private static String lastError(UUID letter) {
        return get(Tokens.operator(), "/v1/dead-letters?limit=1000")
                .extract()
                .path("data.find { it.id == '" + letter + "' }?.last_error");
    }

    private static UUID published(UUID event) throws SQLException {
        UUID id = UUID.randomUUID();
        try (var database = TestDatabase.ofApplicationAsOwner();
                var insert = database.prepareStatement("""
                        insert into outbox_event
                            (id, event_id, destination, type, occurred_at, data, state, attempts, next_attempt_at)
                        values (?, ?, 'audit-log-service', 'test.letter.written.v1', now(), '{}', 'pending', 0, now())
                        """)) {
            insert.setObject(1, id);
            insert.setObject(2, event);
            insert.executeUpdate();
        }
        return id;
    }
}
