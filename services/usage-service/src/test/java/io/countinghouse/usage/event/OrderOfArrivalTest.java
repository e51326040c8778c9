package io.countinghouse.usage.event;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.usage.UsageRequests.BATCH;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.list;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.countinghouse.usage.UsageRequests.typeOf;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order of arrival never decides money: the same events in any order and any batches have the same totals and values. */
@QuarkusTest
class OrderOfArrivalTest {

    private static final String[] AGGREGATIONS = {"count", "sum", "min", "max", "unique_count", "latest"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyOrderAndBatchingOfTheSameEventsGivesTheSameTotalsAndValues(long seed) {
        // Given
        Random random = new Random(seed);
        List<String> meters = Stream.of(AGGREGATIONS)
                .map(aggregation -> meter(aggregation, aggregation.equals("count") ? null : "v", "g"))
                .toList();
        List<String> events = events(random, meters);
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        List<String> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        // When
        send(one, events, random);
        send(other, shuffled, random);

        // Then
        for (String meter : meters) {
            assertThat(answers(other, meter)).as(meter).isEqualTo(answers(one, meter));
        }
    }

    @Test
    void eventsAreReadInTheOrderOfTimeThenSourceThenId() {
        // Given
        UUID tenant = UUID.randomUUID();
        String meter = meter("sum", "v");
        for (String name : List.of("b/2@20", "b/1@20", "a/9@20", "Z/1@20", "~/1@20", "z/1@05", "a/10@20")) {
            post(Tokens.scoped(tenant, "usage:write"), EVENT, named(meter, name));
        }

        // When
        List<String> names = inTime(tenant, meter, 2);

        // Then
        assertThat(names).containsExactly("z/1", "Z/1", "a/10", "a/9", "b/1", "b/2", "~/1");
    }

    @Test
    void pagesAsOfACutoffStayTheSameWhateverArrivesMeanwhile() {
        // Given
        UUID tenant = UUID.randomUUID();
        String sender = Tokens.scoped(tenant, "usage:write");
        String meter = meter("sum", "v");
        for (String name : List.of("s/4@04", "s/2@02", "s/3@03", "s/1@01")) {
            post(sender, EVENT, named(meter, name));
        }
        String cutoff = given().auth()
                .oauth2(Tokens.of(tenant, "billing"))
                .contentType("application/json")
                .body("{}")
                .post("/v1/usage/cutoffs")
                .path("cutoff");
        String query = "?order=time&limit=2&meter=" + meter + "&as_of=" + cutoff;
        var first = list(Tokens.of(tenant, "viewer"), query);
        post(sender, EVENT, named(meter, "s/0@01"));
        post(sender, EVENT, named(meter, "s/5@03"));

        // When
        var second = list(Tokens.of(tenant, "viewer"), query + "&after=" + first.path("next"));

        // Then
        assertThat(first.<List<String>>path("data.event_id")).containsExactly("1", "2");
        assertThat(second.<List<String>>path("data.event_id")).containsExactly("3", "4");
        assertThat(second.<String>path("next")).isNull();
    }

    @Test
    void theLatestValueIsOfTheLastInTimeThenSourceThenId() {
        // Given
        UUID tenant = UUID.randomUUID();
        String sender = Tokens.scoped(tenant, "usage:write");
        String meter = meter("latest", "v");

        // When
        post(sender, EVENT, named(meter, "s/9@20").replace("\"v\":1", "\"v\":9"));
        post(sender, EVENT, named(meter, "s/10@20").replace("\"v\":1", "\"v\":10"));
        post(sender, EVENT, named(meter, "t/1@05").replace("\"v\":1", "\"v\":5"));

        // Then
        assertThat(total(reader(tenant), meter, "").<String>path("data[0].value"))
                .isEqualTo("9");
    }

    @Test
    void anOrderOrACursorThatIsNoneIsRefused() {
        list(Tokens.operator(), "?order=random").then().spec(invalid("order"));
        list(Tokens.operator(), "?order=time&after=7").then().spec(invalid("after"));
        list(Tokens.operator(), "?order=acceptance&after=" + UUID.randomUUID())
                .then()
                .spec(invalid("after"));
    }

    private static List<String> events(Random random, List<String> meters) {
        List<String> events = new ArrayList<>();
        String[] literals = {"1", "10.0", "1e2", "0.00000015", "\"7.5\"", "3"};
        for (int i = 0; i < 120; i++) {
            String meter = meters.get(random.nextInt(meters.size()));
            events.add("""
                    {"specversion":"1.0","id":"%d","source":"%s","type":"%s","time":"2026-01-0%dT%02d:00:00Z",\
                    "data":{"v":%s,"g":"%s"}}""".formatted(
                            i,
                            "abc".charAt(random.nextInt(3)),
                            typeOf(meter),
                            1 + random.nextInt(3),
                            random.nextInt(4),
                            literals[random.nextInt(literals.length)],
                            "xy".charAt(random.nextInt(2))));
        }
        return events;
    }

    private static void send(UUID tenant, List<String> events, Random random) {
        for (int i = 0; i < events.size(); ) {
            int size = Math.min(events.size() - i, 1 + random.nextInt(40));
            post(
                            Tokens.scoped(tenant, "usage:write"),
                            BATCH,
                            events.subList(i, i + size).stream().collect(Collectors.joining(",", "[", "]")))
                    .then()
                    .statusCode(200);
            i += size;
        }
    }

    /** All that can be asked of a meter, without the identifiers of the tenant. */
    private static List<Object> answers(UUID tenant, String meter) {
        List<Object> answers = new ArrayList<>();
        for (String more : List.of("", "&window=hour&group_by=g")) {
            answers.add(total(reader(tenant), meter, more).path("data"));
        }
        answers.add(inTime(tenant, meter, 15));
        answers.add(
                list(reader(tenant), "?order=time&limit=1000&meter=" + meter).path("data.value"));
        return answers;
    }

    private static List<String> inTime(UUID tenant, String meter, int limit) {
        List<String> names = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = list(reader(tenant), "?order=time&meter=" + meter + "&limit=" + limit + "&after=" + after);
            List<String> sources = page.path("data.source");
            List<String> ids = page.path("data.event_id");
            for (int i = 0; i < ids.size(); i++) {
                names.add(sources.get(i) + "/" + ids.get(i));
            }
            after = page.path("next");
        }
        return names;
    }

    private static String reader(UUID tenant) {
        return Tokens.of(tenant, "viewer");
    }

    /** Named source/id@day. */
    private static String named(String meter, String name) {
        String[] parts = name.split("[/@]");
        return """
                {"specversion":"1.0","id":"%s","source":"%s","type":"%s","time":"2026-01-%sT00:00:00Z","data":{"v":1}}""".formatted(parts[1], parts[0], typeOf(meter), parts[2]);
    }
}
