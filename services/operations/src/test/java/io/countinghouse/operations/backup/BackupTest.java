package io.countinghouse.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.secret.Seal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupTest {

    @TempDir
    static Path folder;

    static Path backup;
    static Path withoutSecrets;
    static Manifest manifest;
    static int written;
    static DataFolder restoredData;
    static RestoredServer restored;

    @BeforeAll
    static void backUpWhileEventsAreSent()
            throws IOException, SQLException, GeneralSecurityException, InterruptedException {
        backup = folder.resolve("backup");
        withoutSecrets = folder.resolve("without-secrets");
        try (SourceInstallation source = new SourceInstallation(folder.resolve("source"))) {
            source.write();
            manifest = new BaseBackup(source.data(), true, silent()).take(backup);
            source.awaitMore();
            written = source.stopWriting();
            new BaseBackup(source.data(), false, silent()).take(withoutSecrets);
        }
        restoredData = new DataFolder(folder.resolve("restored"));
        RestoreCommand.restore(backup, restoredData.path(), silent());
        restored = RestoredServer.start(restoredData, folder.resolve("restored.log"));
        try (Connection postgres = restored.server().connect("postgres");
                Statement statement = postgres.createStatement()) {
            for (ServiceName service : ServiceName.values()) {
                statement.execute("create database sound_" + service.database() + " template " + service.database());
            }
        }
    }

    @AfterAll
    static void stop() {
        if (restored != null) {
            restored.close();
        }
    }

    @Test
    void aBackupTakenUnderWritesPassesTheDrill() throws IOException, SQLException {
        // Given
        var lines = new ByteArrayOutputStream();

        // When
        boolean passed = new Drill(backup, terminal(lines)).run();

        // Then
        assertThat(lines.toString(StandardCharsets.UTF_8)).doesNotContain("FAILED");
        assertThat(passed).isTrue();
        assertThat(lines.toString(StandardCharsets.UTF_8))
                .contains("recovery time", SourceInstallation.AUDIT_ENTRIES + " entries rehashed", "INV-2026: 1 to 1");
        assertThat(manifest.after().rows().get("usage_service_db.usage_event"))
                .isGreaterThan(manifest.before().rows().get("usage_service_db.usage_event"));
    }

    @Test
    void aRestoredServerHoldsWhatWasThereAtOneMoment() throws SQLException {
        // When
        long received;
        long delivered;
        long sent;
        try (Connection usage = restored.server().connect("sound_usage_service_db");
                Connection ai = restored.server().connect("sound_ai_modeling_service_db")) {
            received = Sql.number(usage, "select count(*) from inbox_event");
            sent = Sql.number(ai, "select count(*) from outbox_event");
            delivered = Sql.number(ai, "select count(*) from outbox_event where state = 'delivered'");
        }

        // Then
        assertThat(received).isBetween(delivered, sent);
        assertThat(sent - delivered).isLessThanOrEqualTo(1);
        assertThat(received).isPositive().isLessThan(written);
    }

    @Test
    void aBackupIsReadByItsOwnerAlone() throws IOException {
        try (var all = Files.walk(backup)) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as("%s", path)
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql/global/pg_control",
        "postgresql/backup_label",
        "postgresql/PG_VERSION",
        "secrets.properties",
        "manifest.json"
    })
    void aChangedByteIsFound(String name) throws IOException, SQLException {
        // Given
        flipFirstByte(backup.resolve(name));
        var lines = new ByteArrayOutputStream();

        // When
        boolean passed = new Drill(backup, terminal(lines)).run();

        // Then
        flipFirstByte(backup.resolve(name));
        assertThat(passed).isFalse();
        assertThat(lines.toString(StandardCharsets.UTF_8)).contains("digests", "FAILED", name);
    }

    @Test
    void aBackupWithoutSecretsHasNone() throws IOException {
        // When
        Path data = folder.resolve("restored-without-secrets");
        RestoreCommand.restore(withoutSecrets, data, silent());

        // Then
        try (var all = Files.walk(data)) {
            assertThat(all.filter(file -> file.endsWith(DataFolder.SECRETS))).isEmpty();
        }
        assertThat(Manifest.read(withoutSecrets).contains()).contains("not the secrets");
    }

    @Test
    void aFileThatIsMissingOrWasAddedIsFound() throws IOException {
        // Given
        Path version = backup.resolve("postgresql/PG_VERSION");
        Path other = backup.resolve("postgresql/PG_VERSION.old");
        Archive archive = Archive.open(backup, silent());
        Files.copy(version, other);

        // When
        assertThatThrownBy(archive::verify)
                .isInstanceOf(ViolationException.class)
                .hasMessageContaining("not in the");
        Files.delete(version);

        // Then
        assertThatThrownBy(archive::verify).hasMessageContaining("postgresql/PG_VERSION is missing");
        Files.move(other, version);
        assertThat(archive.verify()).contains("each has the SHA-256");
    }

    /** A writer with all rights at PostgreSQL, who switches triggers and constraints off. */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            databases ~ AUTH ~ has no tables ~ drop schema public cascade
            migrations ~ AUTH ~ the backup noted ~ delete from flyway_schema_history where version = '7'
            point in time ~ USAGE ~ it had ~ delete from usage_metrics; delete from usage_event
            point in time ~ INVOICE ~ it had ~ delete from payment
            pages, indexes ~ USAGE ~ lacks matching index tuple ~ update pg_index set indisready = false, indisvalid = false where indexrelid = 'meter_event_type'::regclass; update meter set event_type = 'other'; update pg_index set indisready = true, indisvalid = true where indexrelid = 'meter_event_type'::regclass
            secrets ~ AUTH ~ cannot be used ~ update signing_key set private_key = set_byte(private_key, 50, 255 - get_byte(private_key, 50))
            secrets ~ AUTH ~ no key that signs ~ delete from signing_key
            secrets ~ NOTIFICATION ~ notification.secret-encryption ~ insert into webhook_earlier_secret values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '\\x00', now())
            audit tree ~ AUDIT_LOG ~ audit entry 2 was changed: the tree holds another hash ~ update audit_logs set canonical = convert_to(replace(convert_from(canonical, 'UTF8'), 'success', 'failure'), 'UTF8') where leaf_index = 2; update audit_logs set leaf_hash = sha256('\\x00'::bytea || canonical) where leaf_index = 2
            audit tree ~ AUDIT_LOG ~ audit entry 2 was changed: its hash is another ~ update audit_logs set canonical = canonical || '\\x20' where leaf_index = 2
            audit tree ~ AUDIT_LOG ~ the backup noted 11 before ~ delete from audit_logs where leaf_index = 10; delete from audit_node where level = 0 and index = 10
            audit tree ~ AUDIT_LOG ~ have the root ~ update audit_logs set canonical = canonical || '\\x20' where leaf_index = 10; update audit_logs set leaf_hash = sha256('\\x00'::bytea || canonical) where leaf_index = 10; update audit_node set hash = (select leaf_hash from audit_logs where leaf_index = 10) where level = 0 and index = 10
            audit tree ~ AUDIT_LOG ~ of which there are no entries ~ delete from audit_logs where leaf_index = 10
            audit columns ~ AUDIT_LOG ~ audit entry 3 says otherwise ~ update audit_logs set action = 'nothing.happened' where leaf_index = 3
            ledger ~ BILLING ~ has 5 entries numbered ~ delete from billing_event where sequence = 2
            ledger ~ BILLING ~ the lines of billed period ~ update billing_line set amount = amount + 0.01 where position = 1
            ledger ~ BILLING ~ charges of 14.99 ~ update billing_event set amount = amount - 0.01 where sequence = 1
            invoices ~ INVOICE ~ net 15.0000 but lines 15.0100 ~ update invoice_line set amount = amount + 0.01 where position = 1
            invoices ~ INVOICE ~ but payments 0 ~ delete from payment
            invoice numbers ~ INVOICE ~ its last number is 2 ~ update number_series set last = 2
            bills, invoices ~ INVOICE ~ and billed as ~ update invoices set currency = 'USD'
            bills, invoices ~ INVOICE ~ has no invoice ~ update invoices set period_id = null
            bills, invoices ~ BILLING ~ and billed as null ~ delete from billing_line; delete from billing_period
            invoices, ledger ~ BILLING ~ was recorded over ~ delete from billing_event where type = 'payment_recorded'
            invoices, ledger ~ BILLING ~ was finalized over ~ update billing_event set amount = 17.84 where type = 'invoice_finalized'
            invoices, ledger ~ BILLING ~ come to 0.0000, the ledger to -1.0000 ~ insert into billing_event (id, tenant_id, sequence, type, amount, currency, details, occurred_at) select gen_random_uuid(), tenant_id, 7, 'credit_note_issued', -1, 'EUR', '{"credit_note_id": "x"}', now() from billing_event where sequence = 1
            invoices, ledger ~ INVOICE ~ what is left of the invoices is 1.0000 ~ update invoices set paid = paid - 1
            bills, usage ~ USAGE ~ the events up to the cut-off give 499 ~ update usage_metrics set value = 4 where sequence = 7
            bills, usage ~ USAGE ~ does not have ~ delete from usage_metrics; delete from meter
            events ~ USAGE ~ has never seen it ~ delete from inbox_event
            """)
    void whatWasTamperedWithIsFound(String name, ServiceName service, String message, String sql) throws SQLException {
        // Given
        Check check = Drill.checks(restored.server(), manifest, Keys.of(restoredData.secrets())).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (Connection connection = restored.server().connect(service);
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String constraint : constraints(connection)) {
                statement.execute(constraint);
            }
            statement.execute(sql);
        }

        try {
            // When
            assertThatThrownBy(check.verification()::verify)
                    // Then
                    .isInstanceOf(ViolationException.class)
                    .hasMessageContaining(message);
        } finally {
            makeSound(service);
        }
        assertThat(check.verification().verify()).isNotEmpty();
    }

    @Test
    void anEventThatItsSenderNeverSentIsFound() throws SQLException {
        // Given
        Check check = Drill.checks(restored.server(), manifest, Keys.of(restoredData.secrets()))
                .getLast();
        try (Connection ai = restored.server().connect(ServiceName.AI_MODELING);
                Statement statement = ai.createStatement()) {
            // As if the sender's database came from an hour before the receiver's.
            statement.execute("update outbox_event set delivered_at = delivered_at - interval '1 hour'");
            statement.execute("delete from outbox_event where id in (select id from outbox_event limit 1)");
        }

        try {
            // When
            assertThatThrownBy(check.verification()::verify)
                    // Then
                    .hasMessageContaining("ai_modeling_service_db has never sent it");
        } finally {
            makeSound(ServiceName.AI_MODELING);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, Vault has 1 more", "false, has none", "other, is another key than one"})
    void aKeyThatVaultHoldsMustBeTheSameThere(String there, String said) throws SQLException, GeneralSecurityException {
        // Given
        try (Connection auth = restored.server().connect(ServiceName.AUTH);
                Statement statement = auth.createStatement()) {
            statement.execute("update signing_key set private_key = null, transit_version = 1");
            String own = Sql.text(auth, "select encode(public_key, 'base64') from signing_key");
            byte[] other = KeyPairGenerator.getInstance("RSA")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
            Optional<String> key = switch (there) {
                case "true" -> Optional.of(own);
                case "other" -> Optional.of(Base64.getEncoder().encodeToString(other));
                default -> Optional.empty();
            };
            Check check = new SecretChecks(restored.server(), new Keys() {
                        @Override
                        public String sealing(Seal seal) {
                            throw new ViolationException("nothing is sealed with " + seal);
                        }

                        @Override
                        public Optional<String> signingKey(int version) {
                            return key.filter(_ -> version == 1)
                                    .map(each ->
                                            "-----BEGIN PUBLIC KEY-----\n" + each + "\n-----END PUBLIC KEY-----\n");
                        }
                    })
                    .all()
                    .getFirst();

            // When
            String outcome;
            try {
                outcome = check.verification().verify();
            } catch (ViolationException e) {
                outcome = e.getMessage();
            }

            // Then
            assertThat(outcome).contains(said);
        } finally {
            makeSound(ServiceName.AUTH);
        }
    }

    @Test
    void aRestoreTouchesNoFolderThatExists() throws IOException {
        // Given
        Path existing = Files.createDirectory(folder.resolve("existing"));

        // When
        assertThatThrownBy(() -> RestoreCommand.restore(backup, existing, silent()))
                // Then
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("existing exists");
        assertThat(existing).isEmptyDirectory();
    }

    @Test
    void segmentsAreNamedAcrossTheirHighPart() {
        assertThat(BaseBackup.segments("0000000100000000000000FE", "000000010000000100000001", 16 << 20))
                .containsExactly(
                        "0000000100000000000000FE",
                        "0000000100000000000000FF",
                        "000000010000000100000000",
                        "000000010000000100000001");
    }

    private static List<String> constraints(Connection connection) throws SQLException {
        return Sql.texts(
                connection,
                "select format('alter table %s drop constraint %I', conrelid::regclass, conname) from pg_constraint"
                        + " where contype = 'c' and conrelid <> 0 and connamespace = 'public'::regnamespace");
    }

    private static void makeSound(ServiceName service) throws SQLException {
        try (Connection postgres = restored.server().connect("postgres");
                Statement statement = postgres.createStatement()) {
            statement.execute("drop database " + service.database() + " with (force)");
            statement.execute("create database " + service.database() + " template sound_" + service.database());
        }
    }

    private static void flipFirstByte(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer first = ByteBuffer.allocate(1);
            channel.read(first, 0);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~first.get(0)}), 0);
        }
    }

    private static Terminal silent() {
        return terminal(new ByteArrayOutputStream());
    }

    private static Terminal terminal(ByteArrayOutputStream lines) {
        return new Terminal(new PrintStream(lines, true, StandardCharsets.UTF_8), false);
    }
}
