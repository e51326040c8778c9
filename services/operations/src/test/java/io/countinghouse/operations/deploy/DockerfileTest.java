package io.countinghouse.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The images that Docker builds are those that Jib builds. */
class DockerfileTest {

    private static final String JIB = "//plugin[artifactId='jib-maven-plugin']/configuration/container";

    private record Instruction(String name, String arguments) {}

    @Test
    void theJvmStartsAsInTheImageThatJibMakes() throws Exception {
        // When
        List<Instruction> dockerfile = instructions("services/Dockerfile.jvm");
        // Then
        assertThat(array(only(lastStage(dockerfile), "ENTRYPOINT"))).isEqualTo(pom(JIB + "/entrypoint/arg"));
        assertThat(array(only(stage(dockerfile, "${BASE} AS operations"), "ENTRYPOINT")))
                .isEqualTo(pom("services/operations/pom.xml", JIB + "/entrypoint/arg"));
    }

    @Test
    void theBaseIsThatOfTheImageThatJibMakes() throws Exception {
        // When
        List<Instruction> dockerfile = instructions("services/Dockerfile.jvm");
        // Then
        String base = pom("/project/properties/image.base").getFirst();
        assertThat(base).matches("gcr\\.io/distroless/base-nossl-debian13:nonroot@sha256:[0-9a-f]{64}");
        assertThat(dockerfile).contains(new Instruction("ARG", "BASE=" + base));
        assertThat(dockerfile)
                .filteredOn(instruction -> instruction.name().equals("FROM"))
                .extracting(Instruction::arguments)
                .containsExactly("${JDK} AS java", "java AS trained", "${BASE} AS operations", "${BASE}");
    }

    @Test
    void theBaseOfTheNativeExecutableIsNamedByItsDigest() {
        // When
        List<Instruction> dockerfile = instructions("services/Dockerfile.native");
        // Then
        assertThat(dockerfile.getFirst().arguments())
                .matches("BASE=gcr\\.io/distroless/java-base-debian13:nonroot@sha256:[0-9a-f]{64}");
        assertThat(only(dockerfile, "FROM")).isEqualTo("${BASE}");
    }

    @Test
    void javaIsLinkedAsForTheImageThatJibMakes() throws Exception {
        // When
        List<Instruction> dockerfile = instructions("services/Dockerfile.jvm");
        // Then
        assertThat(dockerfile.getFirst().arguments()).matches("JDK=eclipse-temurin:25-jdk@sha256:[0-9a-f]{64}");
        assertThat(array(only(stage(dockerfile, "${JDK} AS java"), "RUN")))
                .containsExactly("jlink", "@/jlink.options", "--output", "/opt/java");
        assertThat(Sources.text("scripts/lib/aot")).contains("jlink\" \"@$home/services/jlink.options\" --output");
        String into = "//plugin[artifactId='jib-maven-plugin']/configuration/extraDirectories/paths/path"
                + "[from='${image.java}']/into";
        assertThat(pom(into)).containsExactly("/opt/java");
        assertThat(pom("services/operations/pom.xml", into)).containsExactly("/opt/java");
    }

    @Test
    void theAotCacheIsMadeWithTheOptionsThatTheServiceStartsWith() throws Exception {
        // When
        List<String> training = array(only(stage(instructions("services/Dockerfile.jvm"), "java AS trained"), "RUN"));
        // Then
        List<String> start = new ArrayList<>(pom(JIB + "/entrypoint/arg"));
        assertThat(start).contains("-XX:AOTCache=/deployments/app.aot");
        // A cache does not depend on where it is read from or what is logged; the heap is that of a pod's memory limit.
        start.removeIf(option -> option.matches("-XX:AOTCache=.*|-Xlog:.*|-XX:MaxRAMPercentage=.*"));
        start.addAll(start.indexOf("-jar"), List.of("-Xmx205m", "-XX:AOTCacheOutput=/deployments/app.aot"));
        assertThat(training).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"services/Dockerfile.jvm", "services/Dockerfile.native"})
    void userPortsAndEnvironmentAreThoseOfTheImageThatJibMakes(String file) throws Exception {
        // When
        List<Instruction> dockerfile = lastStage(instructions(file));
        // Then
        assertThat(only(dockerfile, "USER"))
                .isEqualTo(pom(JIB + "/user").getFirst())
                .isEqualTo("65532:65532");
        assertThat(only(dockerfile, "EXPOSE").split(" ")).containsExactlyElementsOf(pom(JIB + "/ports/port"));
        assertThat(only(dockerfile, "ENV").split(" +"))
                .containsExactly(
                        "QUARKUS_HTTP_PORT="
                                + pom(JIB + "/environment/QUARKUS_HTTP_PORT").getFirst(),
                        "QUARKUS_MANAGEMENT_PORT="
                                + pom(JIB + "/environment/QUARKUS_MANAGEMENT_PORT")
                                        .getFirst(),
                        "MALLOC_ARENA_MAX="
                                + pom(JIB + "/environment/MALLOC_ARENA_MAX").getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"services/Dockerfile.jvm", "services/Dockerfile.native"})
    void nothingNeedsAShellForThereIsNone(String file) {
        // When
        List<Instruction> dockerfile = instructions(file);
        // Then
        assertThat(dockerfile)
                .extracting(Instruction::name)
                .isSubsetOf("ARG", "FROM", "ENV", "COPY", "RUN", "EXPOSE", "USER", "WORKDIR", "ENTRYPOINT");
        assertThat(lastStage(dockerfile)).extracting(Instruction::name).doesNotContain("RUN");
        assertThat(dockerfile)
                .filteredOn(instruction -> instruction.name().matches("RUN|ENTRYPOINT"))
                .allSatisfy(command -> assertThat(command.arguments()).startsWith("["));
        assertThat(dockerfile)
                .filteredOn(instruction -> instruction.name().equals("COPY"))
                .allSatisfy(copy -> assertThat(copy.arguments())
                        .containsAnyOf(
                                "services/${SERVICE}/target/",
                                "services/operations/target/",
                                "services/jlink.options ",
                                "--from=java /opt/java/",
                                "--from=trained /deployments/app.aot"));
    }

    @Test
    void librariesOfTheNativeExecutableLieBesideIt() {
        // When
        List<Instruction> dockerfile = instructions("services/Dockerfile.native");
        // Then
        assertThat(dockerfile)
                .contains(new Instruction("COPY", "services/${SERVICE}/target/lib*.so /deployments/"))
                .contains(
                        new Instruction(
                                "COPY",
                                "--chmod=0755 services/${SERVICE}/target/${SERVICE}-${VERSION}-runner /deployments/application"));
        assertThat(array(only(dockerfile, "ENTRYPOINT"))).containsExactly("/deployments/application");
    }

    private static List<Instruction> instructions(String file) {
        String joined = Sources.text(file)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .reduce(
                        "",
                        (text, line) ->
                                text + (line.endsWith("\\") ? line.substring(0, line.length() - 1) : line + "\n"));
        return joined.lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Instruction(parts[0], parts[1].strip()))
                .toList();
    }

    /** The image; what stands before only prepares it. */
    private static List<Instruction> lastStage(List<Instruction> dockerfile) {
        return stage(
                dockerfile,
                dockerfile.stream()
                        .filter(instruction -> instruction.name().equals("FROM"))
                        .toList()
                        .getLast()
                        .arguments());
    }

    private static List<Instruction> stage(List<Instruction> dockerfile, String from) {
        int first = dockerfile.indexOf(new Instruction("FROM", from));
        assertThat(first).as(from).isNotNegative();
        int next = first + 1;
        while (next < dockerfile.size() && !dockerfile.get(next).name().equals("FROM")) {
            next++;
        }
        return dockerfile.subList(first, next);
    }

    private static String only(List<Instruction> dockerfile, String name) {
        List<Instruction> found = dockerfile.stream()
                .filter(instruction -> instruction.name().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst().arguments();
    }

    private static List<String> array(String json) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : Sources.json(json)) {
            values.add(value.textValue());
        }
        return values;
    }

    /** What the root pom has at this place. */
    private static List<String> pom(String path) throws Exception {
        return pom("pom.xml", path);
    }

    private static List<String> pom(String file, String path) throws Exception {
        Document pom = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(Sources.root().resolve(file).toFile());
        XPath xpath = XPathFactory.newDefaultInstance().newXPath();
        NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            values.add(nodes.item(i).getTextContent().strip());
        }
        assertThat(values).as(path).isNotEmpty();
        return values;
    }
}
