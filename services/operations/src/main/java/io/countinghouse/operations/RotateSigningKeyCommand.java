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
        name = "rotate-signing-key",
        mixinStandardHelpOptions = true,
        description = {
            "Lets the next key sign access tokens and retires the present one, which verifies until its tokens have expired.",
            "COUNTINGHOUSE_OPERATOR_EMAIL and COUNTINGHOUSE_OPERATOR_PASSWORD log in who asks; with VAULT_ADDR the password is"
                    + " there."
        })
final class RotateSigningKeyCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Override
    public Integer call() {
        Account account;
        try (Secrets secrets = Secrets.configured()) {
            account = secrets.operator();
        }
        Api anyone = installation.api();
        JsonNode keys = anyone.as(new Login(anyone, account))
                .post("/v1/auth/keys/rotate", Api.object(), UUID.randomUUID().toString())
                .get("data");
        for (JsonNode key : keys) {
            System.out.printf(
                    "%-8s %s, published %s%n",
                    key.get("state").asText(),
                    key.get("kid").asText(),
                    key.get("published_at").asText());
        }
        return 0;
    }
}
