package io.countinghouse.operations.database;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The migrations of this version, which are packaged with the program. */
public final class Migrations {

    /** A migration's checksum as Flyway computes it, and whether this version can undo it. */
    public record Migration(int version, String script, int checksum, boolean reversible) {}

    private Migrations() {}

    /** By version. The list of names is made by the test beside {@link Schema}'s lines, since a jar has no folders. */
    public static SortedMap<Integer, Migration> packaged(ServiceName service) {
        SortedMap<Integer, Migration> migrations = new TreeMap<>();
        for (String path : lines("/schema/" + service.id() + ".migrations")) {
            String script = path.substring(path.indexOf('/') + 1);
            int version = Integer.parseInt(script.substring(1, script.indexOf("__")));
            migrations.put(
                    version,
                    new Migration(
                            version,
                            script,
                            checksum("/migration/" + path),
                            Migrations.class.getResource("/undo/" + path.replace("/V", "/U")) != null));
        }
        return migrations;
    }

    /** The script of an applied migration, such as {@code V3__feedback.sql}. */
    public static String sql(ServiceName service, int version) {
        Migration migration = packaged(service).get(version);
        if (migration == null) {
            throw new OperationException("this release has no migration V" + version + " of " + service.id());
        }
        for (String folder : new String[] {service.id(), "service-defaults"}) {
            try (InputStream in =
                    Migrations.class.getResourceAsStream("/migration/" + folder + "/" + migration.script())) {
                if (in != null) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw new OperationException("cannot read " + migration.script(), e);
            }
        }
        throw new OperationException("this program was packaged without " + migration.script());
    }

    private static List<String> lines(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new OperationException("cannot read " + name, e);
        }
    }

    /** CRC-32 of the lines without their ends: Flyway's ChecksumCalculator. */
    private static int checksum(String name) {
        CRC32 crc = new CRC32();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                crc.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new OperationException("cannot read " + name, e);
        }
        return (int) crc.getValue();
    }

    private static InputStream open(String name) {
        InputStream in = Migrations.class.getResourceAsStream(name);
        if (in == null) {
            throw new OperationException("this program was packaged without " + name);
        }
        return in;
    }
}
