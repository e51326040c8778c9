package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A backup on disk. */
final class Archive {

    private final Path path;
    private final Manifest manifest;
    private final Terminal terminal;

    private Archive(Path path, Manifest manifest, Terminal terminal) {
        this.path = path;
        this.manifest = manifest;
        this.terminal = terminal;
    }

    /** Reads the manifest and checks its own digest. */
    static Archive open(Path path, Terminal terminal) {
        return new Archive(path, Manifest.read(path), terminal);
    }

    Manifest manifest() {
        return manifest;
    }

    /** Every file is there, as it was written, and no other. */
    String verify() {
        Set<String> expected = new HashSet<>(Set.of(Manifest.NAME, Manifest.DIGEST));
        long done = 0;
        for (StoredFile file : manifest.files()) {
            expected.add(file.path());
            String found = digest(file);
            if (!found.equals(file.sha256())) {
                throw new ViolationException(
                        file.path() + " was changed: SHA-256 is " + found + ", was " + file.sha256());
            }
            done += file.size();
            terminal.progress("verified %s of %s", Terminal.megabytes(done), Terminal.megabytes(manifest.bytes()));
        }
        refuseOthers(expected);
        return String.format(
                java.util.Locale.ROOT,
                "%,d files, %s: each has the SHA-256 of the manifest",
                manifest.files().size(),
                Terminal.megabytes(done));
    }

    private String digest(StoredFile file) {
        try {
            return Sha256.ofFile(inside(path, file.path()));
        } catch (NoSuchFileException e) {
            throw new ViolationException(file.path() + " is missing");
        } catch (IOException e) {
            throw new ViolationException(file.path() + " cannot be read: " + e.getMessage());
        }
    }

    private void refuseOthers(Set<String> expected) {
        try (Stream<Path> all = Files.walk(path)) {
            all.filter(file -> !Files.isDirectory(file))
                    .map(file -> path.relativize(file).toString())
                    .filter(name -> !expected.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new ViolationException(name + " is not in the manifest");
                    });
        } catch (IOException e) {
            throw new OperationException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Copies into a new data folder; each file is compared with its digest once more on its way. */
    void extract(Path folder) throws IOException {
        PrivateFiles.createFolders(folder);
        for (String name : manifest.folders()) {
            PrivateFiles.createFolders(inside(folder, name));
        }
        long done = 0;
        for (StoredFile file : manifest.files()) {
            try (InputStream in = Files.newInputStream(inside(path, file.path()))) {
                StoredFile written = PrivateFiles.write(in, inside(folder, file.path()), file.path());
                if (!written.equals(file)) {
                    throw new ViolationException(file.path() + " changed while it was being restored");
                }
            }
            done += file.size();
            terminal.progress("restored %s of %s", Terminal.megabytes(done), Terminal.megabytes(manifest.bytes()));
        }
    }

    /** A manifest that came from elsewhere must not make this program write anywhere else. */
    private static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new ViolationException("the manifest names " + name + ", which lies outside of the backup");
        }
        return file;
    }
}
