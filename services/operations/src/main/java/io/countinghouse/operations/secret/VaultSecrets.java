package io.countinghouse.operations.secret;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.github.jopenlibs.vault.response.DatabaseResponse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Secrets from Vault, as {@code vault/bootstrap} lays them out. Logs in with {@code VAULT_TOKEN}, or else as the pod it
 * runs in, with the token at {@code VAULT_POD_TOKEN} and the role {@code VAULT_ROLE}.
 */
final class VaultSecrets implements Secrets {

    private final Vault vault;

    /** The same Vault, for what is not of the KV engine and has no versions. A driver and its settings are one thing. */
    private final Vault plain;

    private final String prefix;
    private final boolean ownToken;
    private final boolean hasDatabasePrefix;
    private final List<String> leases = new ArrayList<>();

    private VaultSecrets(Vault vault, Vault plain, String prefix, boolean ownToken, boolean hasDatabasePrefix) {
        this.vault = vault;
        this.plain = plain;
        this.prefix = prefix;
        this.ownToken = ownToken;
        this.hasDatabasePrefix = hasDatabasePrefix;
    }

    /** @param environment the value of a variable, or null */
    static VaultSecrets logIn(String address, UnaryOperator<String> environment) {
        BinaryOperator<String> setting = (variable, otherwise) -> {
            String value = environment.apply(variable);
            return value == null || value.isEmpty() ? otherwise : value;
        };
        String prefix = setting.apply("VAULT_PREFIX", "countinghouse");
        String token = setting.apply("VAULT_TOKEN", "");
        try {
            SslConfig ssl = new SslConfig();
            String authority = setting.apply("VAULT_CACERT", "");
            if (!authority.isEmpty()) {
                ssl.pemFile(new File(authority));
            }
            ssl.build();
            boolean ownToken = token.isEmpty();
            if (ownToken) {
                String pod =
                        Files.readString(Path.of(setting.apply("VAULT_POD_TOKEN", "/var/run/secrets/vault/token")));
                token = Vault.create(config(address, ssl, 1))
                        .auth()
                        .loginByJwt(
                                setting.apply("VAULT_KUBERNETES_MOUNT", "kubernetes"),
                                setting.apply("VAULT_ROLE", prefix + "-operations"),
                                pod.strip())
                        .getAuthClientToken();
            }
            return new VaultSecrets(
                    Vault.create(config(address, ssl, 2).token(token)),
                    Vault.create(config(address, ssl, 1).token(token)),
                    prefix,
                    ownToken,
                    !setting.apply(DatabaseNames.VARIABLE, "").isEmpty());
        } catch (VaultException | IOException e) {
            throw new OperationException("cannot log in to Vault at " + address + ": " + e.getMessage(), e);
        }
    }

    private static VaultConfig config(String address, SslConfig ssl, int keyValueEngine) throws VaultException {
        return new VaultConfig()
                .address(address)
                .sslConfig(ssl)
                .engineVersion(keyValueEngine)
                .build();
    }

    @Override
    public Account administrator() {
        return lease("administrator");
    }

    @Override
    public Account owner(ServiceName service) {
        return lease(service.id() + "-owner");
    }

    @Override
    public String operatorPassword() {
        return value("operator", "password");
    }

    @Override
    public String sealing(Seal seal) {
        return value(seal.service().id(), seal.property());
    }

    private String value(String name, String key) {
        String path = prefix + "/" + name;
        try {
            String value = vault.logical().read(path).getData().get(key);
            if (value == null) {
                throw new OperationException(path + " in Vault has no " + key + ": run vault/bootstrap");
            }
            return value;
        } catch (VaultException e) {
            throw unreadable(path, e);
        }
    }

    private static OperationException unreadable(String path, VaultException e) {
        return new OperationException("cannot read " + path + " in Vault: " + e.getMessage(), e);
    }

    @Override
    public Optional<String> passwordOf(String role) {
        return Optional.empty();
    }

    @Override
    public Optional<String> authority() {
        return Optional.ofNullable(asItStands(prefix + "-pki/cert/ca").getString("certificate", null));
    }

    @Override
    public Optional<String> signingKey(int version) {
        JsonValue key = asItStands(prefix + "-transit/keys/access-token")
                .get("keys")
                .asObject()
                .get(Integer.toString(version));
        return Optional.ofNullable(key).map(each -> each.asObject().getString("public_key", null));
    }

    private JsonObject asItStands(String path) {
        try {
            return plain.logical().read(path).getDataObject();
        } catch (VaultException e) {
            throw unreadable(path, e);
        }
    }

    private Account lease(String role) {
        if (hasDatabasePrefix) {
            throw new OperationException(
                    DatabaseNames.VARIABLE + " is set, and with Vault there is no prefix: the roles whose"
                            + " members vault/bootstrap lets Vault make have none. Give the installation a server of its own.");
        }
        String mount = prefix + "-database";
        try {
            DatabaseResponse leased = vault.database(mount).creds(role);
            if (leased.getCredential() == null || leased.getCredential().getUsername() == null) {
                throw new OperationException(mount + "/creds/" + role + " in Vault gave no account");
            }
            leases.add(leased.getLeaseId());
            return new Account(
                    leased.getCredential().getUsername(), leased.getCredential().getPassword());
        } catch (VaultException e) {
            throw new OperationException("cannot lease " + mount + "/creds/" + role + ": " + e.getMessage(), e);
        }
    }

    /** The roles that were leased are dropped; so is the token, when it was made for this run. */
    @Override
    public void close() {
        try {
            if (ownToken) {
                vault.auth().revokeSelf();
            } else {
                for (String lease : leases) {
                    vault.sys().leases().revoke(lease);
                }
            }
        } catch (VaultException e) {
            System.err.println("operations: the lease ends by itself, giving it back failed: " + e.getMessage());
        }
    }
}
