package io.countinghouse.databases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority, and the certificate of a server on this machine that it signs: by the JDK's own keytool. */
final class Certificates {

    private static final String PASSWORD = "only-for-tests";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectories(folder);
        Certificates made = new Certificates(folder);
        made.keytool("ca.p12", "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        made.keytool("server.p12", "-genkeypair", "-keyalg", "EC", "-dname", "CN=server");
        made.keytool("server.p12", "-certreq", "-file", made.path("server.csr"));
        made.keytool(
                "ca.p12",
                "-gencert",
                "-rfc",
                "-ext",
                "san=dns:localhost",
                "-infile",
                made.path("server.csr"),
                "-outfile",
                made.path("server.crt"));
        Files.writeString(
                made.authority(), pem("CERTIFICATE", made.certificate("ca.p12").getEncoded()));
        return made;
    }

    /** A file with the authority's certificate, in PEM. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    String server() throws IOException {
        return Files.readString(folder.resolve("server.crt"));
    }

    void serverKey(Path file) throws IOException {
        try {
            Key key = store("server.p12").getKey("it", PASSWORD.toCharArray());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate certificate(String store) throws GeneralSecurityException, IOException {
        return store(store).getCertificate("it");
    }

    private KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + kind
                + "-----\n";
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of(
                "-alias",
                "it",
                "-keystore",
                path(store),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-validity",
                "30"));
        if (!arguments[0].equals("-genkeypair") && !arguments[0].equals("-gencert")) {
            command.subList(command.size() - 2, command.size()).clear();
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool says: " + said);
        }
    }
}
