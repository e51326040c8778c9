package io.countinghouse.operations.secret;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.database.DatabaseCredential;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Secrets from Vault, as {@code vault/bootstrap} lays them out. Logs in with {@code VAULT_TOKEN}, or else as the pod it
 * runs in, with the token at {@code VAULT_POD_TOKEN} and the role {@code VAULT_ROLE}.
 */
final class VaultSecrets implements Secrets {

    private final VaultConfig config;
    private final Vault vault;
    private final String prefix;
    private final boolean ownToken;

    private VaultSecrets(VaultConfig config, String prefix, boolean ownToken) {
        this.config = config;
        this.vault = Vault.create(config);
        this.prefix = prefix;
        this.ownToken = ownToken;
    }

    static VaultSecrets logIn(String address) {
        String prefix = setting("VAULT_PREFIX", "countinghouse");
        String token = setting("VAULT_TOKEN", "");
        try {
            SslConfig ssl = new SslConfig();
            String authority = setting("VAULT_CACERT", "");
            if (!authority.isEmpty()) {
                ssl.pemFile(new File(authority));
            }
            VaultConfig config = new VaultConfig()
                    .address(address)
                    .sslConfig(ssl.build())
                    .engineVersion(2)
                    .build();
            boolean ownToken = token.isEmpty();
            if (ownToken) {
                String pod = Files.readString(Path.of(setting("VAULT_POD_TOKEN", "/var/run/secrets/vault/token")));
                token = Vault.create(config)
                        .auth()
                        .loginByJwt(
                                setting("VAULT_KUBERNETES_MOUNT", "kubernetes"),
                                setting("VAULT_ROLE", prefix + "-operations"),
                                pod.strip())
                        .getAuthClientToken();
            }
            return new VaultSecrets(config.token(token), prefix, ownToken);
        } catch (VaultException | IOException e) {
            throw new OperationException("cannot log in to Vault at " + address + ": " + e.getMessage(), e);
        }
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
        String path = prefix + "/operator";
        try {
            String password = vault.logical().read(path).getData().get("password");
            if (password == null) {
                throw new OperationException(path + " in Vault has no password: run vault/bootstrap");
            }
            return password;
        } catch (VaultException e) {
            throw new OperationException("cannot read " + path + " in Vault: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> passwordOf(String role) {
        return Optional.empty();
    }

    @Override
    public Optional<String> authority() {
        String path = prefix + "-pki/cert/ca";
        try {
            // Read as it stands: what is not of the KV engine has no versions.
            return Optional.ofNullable(Vault.create(config.engineVersion(1))
                    .logical()
                    .read(path)
                    .getData()
                    .get("certificate"));
        } catch (VaultException e) {
            throw new OperationException("cannot read " + path + " in Vault: " + e.getMessage(), e);
        }
    }

    private Account lease(String role) {
        String mount = prefix + "-database";
        try {
            DatabaseCredential leased = vault.database(mount).creds(role).getCredential();
            if (leased == null || leased.getUsername() == null) {
                throw new OperationException(mount + "/creds/" + role + " in Vault gave no account");
            }
            return new Account(leased.getUsername(), leased.getPassword());
        } catch (VaultException e) {
            throw new OperationException("cannot lease " + mount + "/creds/" + role + ": " + e.getMessage(), e);
        }
    }

    /** Revokes the token that was made for this run, and with it the roles that were leased by it. */
    @Override
    public void close() {
        if (!ownToken) {
            return;
        }
        try {
            vault.auth().revokeSelf();
        } catch (VaultException e) {
            System.err.println("operations: the lease ends by itself, giving it back failed: " + e.getMessage());
        }
    }

    private static String setting(String variable, String otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
