package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Copies the files of a PostgreSQL server that runs meanwhile. They change while they are read, may vanish, and pages may
 * be torn: the write-ahead log from the start of the backup on repairs all of that. What is left out is what section
 * 25.3.4.1 of the documentation says to leave out, and the lock file of the embedded server.
 */
final class ClusterFiles {

    private static final String CONTROL = "global/pg_control";

    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "tablespace_map.old",
            "backup_manifest",
            "current_logfiles.tmp",
            "postgresql.auto.conf.tmp",
            "epg-lock");

    private static final List<String> LEFT_OUT_BEGINNINGS = List.of("pg_internal.init", "pgsql_tmp");

    /** Folders that are needed, and made anew at each start, or filled by {@link #copySegments}. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private final Path from;
    private final Path to;
    private final Terminal terminal;
    private final List<String> folders = new ArrayList<>();
    private final List<StoredFile> files = new ArrayList<>();
    private long bytes;

    ClusterFiles(Path from, Path backup, Terminal terminal) {
        this.from = from;
        this.to = backup.resolve(DataFolder.DATABASE);
        this.terminal = terminal;
    }

    void copy() throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                String name = folder.getFileName().toString();
                if (name.startsWith("pgsql_tmp")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                PrivateFiles.createFolders(to.resolve(from.relativize(folder)));
                folders.add(stored(from.relativize(folder)));
                boolean emptied = from.equals(folder.getParent()) && EMPTIED.contains(name);
                return emptied ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path path = from.relativize(file);
                if (attributes.isSymbolicLink()) {
                    throw new OperationException(
                            file + " is a symbolic link: tablespaces and folders that lie elsewhere"
                                    + " are not part of this backup");
                }
                if (!isLeftOut(file.getFileName().toString()) && !path.equals(Path.of(CONTROL))) {
                    copyFile(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        copyControl();
    }

    private static boolean isLeftOut(String name) {
        return LEFT_OUT.contains(name) || LEFT_OUT_BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    private void copyFile(Path path) throws IOException {
        InputStream in;
        try {
            in = Files.newInputStream(from.resolve(path));
        } catch (NoSuchFileException e) {
            // Its table was dropped; the log tells recovery so.
            return;
        }
        try (in) {
            add(in, path);
        }
        terminal.progress("copied %,d files, %s", files.size(), Terminal.megabytes(bytes));
    }

    /** The one file that the log does not repair: read until two readings agree. */
    private void copyControl() throws IOException {
        byte[] first = Files.readAllBytes(from.resolve(CONTROL));
        byte[] second = Files.readAllBytes(from.resolve(CONTROL));
        while (!Arrays.equals(first, second)) {
            first = second;
            second = Files.readAllBytes(from.resolve(CONTROL));
        }
        write(CONTROL, second);
    }

    void copySegments(List<String> names, long size) throws IOException {
        for (String name : names) {
            Path segment = Path.of("pg_wal", name);
            if (!Files.exists(from.resolve(segment))) {
                throw new OperationException("the write-ahead log segment " + name + " is gone: the backup is void");
            }
            try (InputStream in = Files.newInputStream(from.resolve(segment))) {
                if (add(in, segment).size() != size) {
                    throw new OperationException("the write-ahead log segment " + name + " is not " + size + " bytes");
                }
            }
            terminal.progress("copied the write-ahead log up to %s", name);
        }
    }

    void write(String path, byte[] content) throws IOException {
        add(new ByteArrayInputStream(content), Path.of(path));
    }

    private StoredFile add(InputStream in, Path path) throws IOException {
        StoredFile file = PrivateFiles.write(in, to.resolve(path), stored(path));
        files.add(file);
        bytes += file.size();
        return file;
    }

    private static String stored(Path path) {
        String name = path.toString().replace('\\', '/');
        return name.isEmpty() ? DataFolder.DATABASE : DataFolder.DATABASE + "/" + name;
    }

    List<String> folders() {
        return folders;
    }

    List<StoredFile> files() {
        return files;
    }
}
