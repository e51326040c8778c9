package io.countinghouse.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The secrets of a local installation: made at the first start, kept in one file that only its owner can read. */
public final class Secrets {

    public static final String OPERATOR_EMAIL = "operator@countinghouse.local";

    private static final int BYTES = 32;

    private final Path file;
    private final Properties values = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    /** Reads the file, or makes it. */
    public static Secrets in(Path data) {
        Secrets secrets = new Secrets(data.resolve("secrets.properties"));
        if (Files.exists(secrets.file)) {
            try (var in = Files.newBufferedReader(secrets.file)) {
                secrets.values.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + secrets.file, e);
            }
        }
        return secrets;
    }

    /** The secret of this name, made when it is asked for the first time. */
    public synchronized String get(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            values.setProperty(name, value);
            save();
        }
        return value;
    }

    /** The secret of this name, when somebody put one there: scripts/rotate does. */
    synchronized Optional<String> find(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    String sha256(String name) {
        try {
            byte[] secret = get(name).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path file() {
        return file;
    }

    private void save() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
