package io.countinghouse.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    private static final List<String> OPTIONS = List.of("-Xmx64m", "-XX:+UseSerialGC");

    @TempDir
    Path home;

    private Path jar;

    /** Stands for a packaged service. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.exit(arguments.length);
        }
    }

    @BeforeEach
    void packageService() throws IOException {
        Path folder = Files.createDirectories(home.resolve("services/usage-service/target/quarkus-app"));
        jar = folder.resolve("quarkus-run.jar");
        String path = Program.class.getName().replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream program = Program.class.getResourceAsStream("/" + path)) {
            out.putNextEntry(new JarEntry(path));
            program.transferTo(out);
        }
    }

    @Test
    void withoutATrainingNothingIsUsed() {
        assertThat(cache(OPTIONS).use()).isEmpty();
    }

    @Test
    void whatATrainingMadeIsTakenByTheJvm() throws IOException, InterruptedException {
        // Given
        AotCache cache = cache(OPTIONS);

        // When
        boolean isThere = cache.train(Map.of());

        // Then
        assertThat(isThere).isTrue();
        // Told that it must take it, the JVM does not start when it cannot.
        assertThat(run(cache.use(), "-XX:AOTMode=on")).isZero();
    }

    @Test
    void aServiceThatDoesNotStartLeavesNoCache() throws IOException {
        // Given
        Files.writeString(jar, "not a jar");
        AotCache cache = cache(OPTIONS);

        // When
        boolean isThere = cache.train(Map.of());

        // Then
        assertThat(isThere).isFalse();
        assertThat(cache.use()).isEmpty();
    }

    @Test
    void aCacheOfAnotherPackageOrOfOtherOptionsIsNotUsed() throws IOException {
        // Given
        AotCache cache = cache(OPTIONS);
        cache.train(Map.of());

        // When
        List<String> withOtherOptions =
                cache(List.of("-Xmx64m", "-XX:+UseParallelGC")).use();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        List<String> withANewerPackage = cache.use();

        // Then
        assertThat(withOtherOptions).isEmpty();
        assertThat(withANewerPackage).isEmpty();
    }

    private AotCache cache(List<String> options) {
        return new AotCache(ServiceName.USAGE, home, options);
    }

    private int run(List<String> cache, String mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add(mode);
        command.addAll(cache);
        command.addAll(List.of("-jar", jar.toString()));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
