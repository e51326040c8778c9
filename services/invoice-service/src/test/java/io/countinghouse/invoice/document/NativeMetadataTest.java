package io.countinghouse.invoice.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.apache.xmpbox.XMPMetadata;
import org.junit.jupiter.api.Test;

/**
 * XMPBox makes its schemas and types by reflection, and no extension registers them: a native executable knows those that
 * reflect-config.json names.
 */
class NativeMetadataTest {

    private static final String CONFIGURATION =
            "/META-INF/native-image/io.countinghouse/invoice-service/reflect-config.json";

    @Test
    void everySchemaAndTypeOfTheDocumentsMetadataIsReachable() throws IOException {
        // When
        List<String> registered = registered();
        // Then
        assertThat(registered).containsExactlyInAnyOrderElementsOf(classesOf("org/apache/xmpbox/(type|schema)/"));
        assertThat(registered).contains("org.apache.xmpbox.schema.DublinCoreSchema");
    }

    private static List<String> registered() throws IOException {
        try (InputStream in = NativeMetadataTest.class.getResourceAsStream(CONFIGURATION)) {
            List<String> names = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(in)) {
                names.add(entry.get("name").textValue());
            }
            return names;
        }
    }

    private static List<String> classesOf(String packages) throws IOException {
        var inside = (JarURLConnection)
                XMPMetadata.class.getResource("XMPMetadata.class").openConnection();
        // Of its own, so that closing it takes it from no class loader.
        inside.setUseCaches(false);
        try (var jar = inside.getJarFile()) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches(packages + "[^/]+\\.class") && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
