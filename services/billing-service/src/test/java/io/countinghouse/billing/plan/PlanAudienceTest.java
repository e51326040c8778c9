package io.countinghouse.billing.plan;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.code;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.planBody;
import static io.countinghouse.billing.Billing.subscription;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PlanAudienceTest {
    private static final String FEE = "[{\"name\": \"fee\", \"model\": \"flat\", \"amount\": \"0.01\"}]";

    private final UUID acme = UUID.randomUUID();
    private final UUID stranger = UUID.randomUUID();

    @Test
    void aPlanForOneTenantIsSeenAndTakenByIt() {
        // Given
        String plan = planFor(acme);
        // When
        var taken = owner(acme).body("{\"plan_code\": \"" + plan + "\"}").post("/v1/billing/subscription");
        // Then
        taken.then().statusCode(201);
        owner(acme).get("/v1/billing/plans?limit=1000").then().body("data.code", hasItem(plan));
        owner(acme)
                .get("/v1/billing/plans/" + plan)
                .then()
                .statusCode(200)
                .body("audience", is("tenants"))
                .body("tenant_ids", nullValue());
        operator().get("/v1/billing/plans/" + plan).then().body("tenant_ids", contains(acme.toString()));
    }

    @Test
    void aPlanForOneTenantDoesNotExistForAnother() {
        // Given
        String plan = planFor(acme);
        // When
        var refused = owner(stranger).body("{\"plan_code\": \"" + plan + "\"}").post("/v1/billing/subscription");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(stranger).get("/v1/billing/plans/" + plan).then().spec(Problems.problem(404, "not-found"));
        owner(stranger).get("/v1/billing/plans?limit=1000").then().body("data.code", not(hasItem(plan)));
        owner(stranger)
                .body("{\"plan_code\": \"" + plan + "\", \"quantities\": {}}")
                .post("/v1/billing/preview")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade", "downgrade"})
    void nobodyChangesToAPlanOfAnother(String change) {
        // Given
        String plan = planFor(acme);
        UUID id = subscription(stranger, flatPlan("10.00"), Instant.now().minusSeconds(3600), null);
        // When
        var refused = owner(stranger)
                .body("{\"plan_code\": \"" + plan + "\"}")
                .post("/v1/billing/subscription/" + id + "/" + change);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @Test
    void theOperatorHearsWhyAPlanCannotBeGiven() {
        // Given
        String plan = planFor(acme);
        String body = "{\"plan_code\": \"" + plan + "\", \"tenant_id\": \"" + stranger + "\"}";
        // When
        var refused = operator().body(body).post("/v1/billing/subscription");
        // Then
        refused.then().spec(Problems.problem(422, "plan-for-others"));
        address(plan, "{\"audience\": \"archived\"}");
        operator().body(body).post("/v1/billing/subscription").then().spec(Problems.problem(409, "plan-archived"));
    }

    @Test
    void anArchivedPlanRunsOnAndIsTakenByNobody() {
        // Given
        String plan = flatPlan("10.00");
        UUID id =
                subscription(acme, plan, Instant.parse("2023-11-01T00:00:00Z"), Instant.parse("2023-12-01T00:00:00Z"));
        // When
        var archived = address(plan, "{\"audience\": \"archived\"}");
        // Then
        archived.then().statusCode(200).body("audience", is("archived"));
        owner(stranger)
                .body("{\"plan_code\": \"" + plan + "\"}")
                .post("/v1/billing/subscription")
                .then()
                .spec(Problems.problem(404, "not-found"));
        owner(stranger).get("/v1/billing/plans/" + plan).then().spec(Problems.problem(404, "not-found"));
        owner(acme).get("/v1/billing/plans/" + plan).then().statusCode(200);
        owner(acme).get("/v1/billing/plans?limit=1000").then().body("data.code", not(hasItem(plan)));
        operator().post("/v1/billing/subscription/" + id + "/close").then().body("data.net.amount", contains("10.00"));
    }

    @Test
    void anAudienceCanBeChangedBack() {
        // Given
        String plan = planFor(acme);
        // When
        var opened = address(plan, "{\"audience\": \"public\"}");
        // Then
        opened.then().statusCode(200).body("audience", is("public")).body("tenant_ids", nullValue());
        owner(stranger).get("/v1/billing/plans/" + plan).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"audience\": \"friends\"}",
                "{\"audience\": \"tenants\"}",
                "{\"audience\": \"tenants\", \"tenant_ids\": []}",
                "{\"audience\": \"tenants\", \"tenant_ids\": [null]}",
                "{\"audience\": \"tenants\", \"tenant_ids\": [\"acme\"]}",
                "{\"audience\": \"public\", \"tenant_ids\": [\"00000000-0000-0000-0000-000000000001\"]}",
                "{\"audience\": \"public\", \"for\": 1}",
                "null"
            })
    void anAudienceThatIsNoneIsRefused(String body) {
        // Given
        String plan = flatPlan("1.00");
        // When
        var refused = address(plan, body);
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
        owner(stranger).get("/v1/billing/plans/" + plan).then().statusCode(200);
    }

    @Test
    void aPlanThatDoesNotExistHasNoAudience() {
        // When
        var refused = address("no-such-plan", "{\"audience\": \"public\"}");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing:write"})
    void customersDoNotSayForWhomAPlanIs(String role) {
        // Given
        String plan = planFor(acme);
        // When
        var refused = as(Tokens.of(stranger, role))
                .body("{\"audience\": \"public\"}")
                .put("/v1/billing/plans/" + plan + "/audience");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    private static Response address(String plan, String body) {
        return operator().body(body).put("/v1/billing/plans/" + plan + "/audience");
    }

    private static String planFor(UUID tenant) {
        String code = code("private");
        operator()
                .body(planBody(code, FEE).replaceFirst("\\{", "{\"tenant_ids\": [\"" + tenant + "\"], "))
                .post("/v1/billing/plans")
                .then()
                .statusCode(201);
        return code;
    }
}
