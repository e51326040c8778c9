package io.countinghouse.operations.secret;

import io.countinghouse.operations.ServiceName;
import java.util.Optional;

/** The accounts that this program needs. */
public interface Secrets extends AutoCloseable {

    /** Those of Vault when {@code VAULT_ADDR} is set, else those of the environment. */
    static Secrets configured() {
        return areLeased() ? VaultSecrets.logIn(System.getenv("VAULT_ADDR"), System::getenv) : new EnvironmentSecrets();
    }

    /** Whether the logins of databases are Vault's, and the fixed roles only groups. */
    static boolean areLeased() {
        String vault = System.getenv("VAULT_ADDR");
        return vault != null && !vault.isEmpty();
    }

    /** Who may make databases and roles. */
    Account administrator();

    /** Who owns the database of a service, and migrates it. */
    Account owner(ServiceName service);

    /** The operator, at auth-service; who that is says the environment. */
    default Account operator() {
        return new Account(EnvironmentSecrets.variable("COUNTINGHOUSE_OPERATOR_EMAIL"), operatorPassword());
    }

    String operatorPassword();

    /** The password of a fixed role such as {@code usage_service_app}; empty where nobody logs in as it but as a member. */
    Optional<String> passwordOf(String role);

    /** In PEM, the authority of the certificates that the services have; empty where theirs are not of Vault. */
    Optional<String> authority();

    /** What a service seals with. */
    String sealing(Seal seal);

    /**
     * In PEM, the public half of a version of the key that signs access tokens; empty where it is not kept here but sealed
     * in the database of auth-service.
     */
    Optional<String> signingKey(int version);

    /** Gives back what was leased. */
    @Override
    void close();
}
