package io.countinghouse.operations.secret;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import java.util.Locale;
import java.util.Optional;

/** Secrets from the environment: what is on a command line can be read by everybody on the machine. */
public final class EnvironmentSecrets implements Secrets {

    /** @throws OperationException when it is not set */
    public static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new OperationException("the environment variable " + name + " is not set");
        }
        return value;
    }

    @Override
    public Account administrator() {
        return new Account(variable("COUNTINGHOUSE_ADMIN_USERNAME"), variable("COUNTINGHOUSE_ADMIN_PASSWORD"));
    }

    @Override
    public Account owner(ServiceName service) {
        return new Account(
                DatabaseNames.configured().ownerRole(service), variable("COUNTINGHOUSE_DATABASE_OWNER_PASSWORD"));
    }

    @Override
    public String operatorPassword() {
        return variable("COUNTINGHOUSE_OPERATOR_PASSWORD");
    }

    @Override
    public Optional<String> passwordOf(String role) {
        return Optional.of(variable(role.toUpperCase(Locale.ROOT) + "_PASSWORD"));
    }

    @Override
    public Optional<String> authority() {
        return Optional.empty();
    }

    @Override
    public String sealing(Seal seal) {
        return variable(seal.variable());
    }

    @Override
    public Optional<String> signingKey(int version) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // The environment is not given back.
    }
}
