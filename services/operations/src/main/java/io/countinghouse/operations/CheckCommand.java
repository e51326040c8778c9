package io.countinghouse.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.secret.Account;
import io.countinghouse.operations.secret.Secrets;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Asks each service something that needs its database and a valid token; prints a line for each.",
            "COUNTINGHOUSE_OPERATOR_EMAIL and COUNTINGHOUSE_OPERATOR_PASSWORD log in who asks; with VAULT_ADDR the password is there."
        })
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Override
    public Integer call() {
        Account account;
        try (Secrets secrets = Secrets.configured()) {
            account = secrets.operator();
        }
        Api anyone = installation.api();
        JsonNode discovery = anyone.get("/.well-known/openid-configuration");
        JsonNode keys = anyone.get("/.well-known/jwks.json").get("keys");
        if (keys.isEmpty()) {
            throw new OperationException("auth-service publishes no key");
        }
        print("issuer", discovery.get("issuer").asText() + ", " + keys.size() + " keys");
        Api operator = anyone.as(new Login(anyone, account));
        print(
                "auth-service",
                "operator " + operator.get("/v1/auth/user_info").get("email").asText() + " logged in");
        ask(operator, "usage-service", "/v1/usage/meters?limit=1");
        ask(operator, "billing-service", "/v1/billing/plans?limit=1");
        ask(operator, "invoice-service", "/v1/invoices?limit=1");
        ask(operator, "notification-service", "/v1/notification-templates?limit=1");
        ask(operator, "audit-log-service", "/v1/audit-logs/checkpoint");
        // Of a tenant that there is not: an operator must name one.
        ask(operator, "ai-modeling-service", "/v1/ai/history?limit=1&tenant_id=" + new UUID(0, 0));
        return 0;
    }

    private static void ask(Api operator, String service, String path) {
        operator.get(path);
        print(service, "GET " + path + " answered");
    }

    private static void print(String what, String result) {
        System.out.printf("%-22s %s%n", what, result);
    }
}
