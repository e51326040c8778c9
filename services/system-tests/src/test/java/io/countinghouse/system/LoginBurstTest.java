package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.stack.ImageOptions;
import io.countinghouse.stack.ServiceProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A pod of auth-service on a node with sixteen processors, which no processor limit hides from it. A hash fills 19 MiB of the
 * heap: as many at once as there are processors would be more than the whole of it.
 */
class LoginBurstTest {

    private static final int LIMIT_MIB = 512;

    /** As many as an address is free to try; each is hashed, or refused because too many are. */
    private static final int LOGINS = 50;

    private final ExecutorService people = Executors.newFixedThreadPool(LOGINS);
    private ServiceProcess pod;

    @AfterEach
    void stop() {
        people.shutdownNow();
        if (pod != null) {
            Stack.get().stop(pod);
        }
    }

    @Test
    void fiftyLoginsAtOnceEndNothingOnANodeOfSixteenProcessors() throws Exception {
        // Given
        List<String> options = new ArrayList<>(ImageOptions.of(Stack.home(), LIMIT_MIB));
        options.add("-XX:ActiveProcessorCount=16");
        pod = Stack.get().replica(ServiceName.AUTH, options, Map.of());
        HttpClient client = Stack.client();
        List<Callable<HttpResponse<String>>> logins = new ArrayList<>();
        for (int person = 0; person < LOGINS; person++) {
            HttpRequest login = login(person);
            logins.add(() -> client.send(login, HttpResponse.BodyHandlers.ofString()));
        }

        // When
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : people.invokeAll(logins)) {
            answers.add(answer.get());
        }

        // Then
        assertThat(pod.isReady()).isTrue();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isIn(401, 429, 503);
            if (answer.statusCode() != 401) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        });
        assertThat(answers).extracting(HttpResponse::statusCode).contains(401);
        assertThat(pod.mostMemory()).isBetween(1L, (long) LIMIT_MIB);
    }

    /** Of nobody: it costs what any other costs, and counts for no account. */
    private HttpRequest login(int person) {
        return HttpRequest.newBuilder(URI.create(pod.url() + "/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"email\": \"nobody-%d@example.com\", \"password\": \"a long enough password\"}"
                                .formatted(person)))
                .build();
    }
}
