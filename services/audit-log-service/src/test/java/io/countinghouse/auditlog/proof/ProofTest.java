package io.countinghouse.auditlog.proof;

import static io.countinghouse.auditlog.entry.Entries.appended;
import static io.countinghouse.auditlog.entry.Entries.invoiceFinalized;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.auditlog.tree.MerkleTree;
import io.countinghouse.auditlog.tree.ProofVerifier;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProofTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");

    @Test
    void aTenantVerifiesItsEntryFromTheAnswerAndThePublicKeyAlone() throws Exception {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(tenant));
        appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));
        byte[] publicKey = publicKey();

        // When
        JsonPath proof = get(owner, "/v1/audit-logs/" + id + "/proof")
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        byte[] leafHash = MerkleTree.leafHash(proof.getString("entry").getBytes(StandardCharsets.UTF_8));
        assertThat(base64(leafHash)).isEqualTo(proof.getString("leaf_hash"));
        assertThat(ProofVerifier.verifyInclusion(
                        proof.getLong("leaf_index"),
                        proof.getLong("tree_size"),
                        leafHash,
                        hashes(proof, "hashes"),
                        NoteReader.verifiedRoot(proof.getString("checkpoint.note"), publicKey)))
                .isTrue();
        assertThat(JsonPath.from(proof.getString("entry")).getString("id")).isEqualTo(id.toString());
    }

    @Test
    void anAlteredEntryDoesNotVerify() throws Exception {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(tenant));
        JsonPath proof = get(owner, "/v1/audit-logs/" + id + "/proof").extract().jsonPath();
        byte[] root = NoteReader.verifiedRoot(proof.getString("checkpoint.note"), publicKey());
        String altered = proof.getString("entry").replace("2026-000001", "2026-000002");

        // When
        boolean valid = ProofVerifier.verifyInclusion(
                proof.getLong("leaf_index"),
                proof.getLong("tree_size"),
                MerkleTree.leafHash(altered.getBytes(StandardCharsets.UTF_8)),
                hashes(proof, "hashes"),
                root);

        // Then
        assertThat(valid).isFalse();
    }

    @Test
    void everyEntryIsProvenInEveryTreeThatHoldsIt() throws Exception {
        // Given
        List<UUID> ids = IntStream.range(0, 9)
                .mapToObj(n -> appended(Tokens.operator(), invoiceFinalized(tenant)))
                .toList();
        byte[] publicKey = publicKey();
        long size = size();

        for (UUID id : ids) {
            long index = get(owner, "/v1/audit-logs/" + id).extract().jsonPath().getLong("leaf_index");
            for (long treeSize = index + 1; treeSize <= size; treeSize++) {
                // When
                JsonPath proof = get(owner, "/v1/audit-logs/" + id + "/proof?tree_size=" + treeSize)
                        .statusCode(200)
                        .body("tree_size", equalTo((int) treeSize))
                        .extract()
                        .jsonPath();

                // Then
                assertThat(ProofVerifier.verifyInclusion(
                                index,
                                treeSize,
                                Base64.getDecoder().decode(proof.getString("leaf_hash")),
                                hashes(proof, "hashes"),
                                NoteReader.verifiedRoot(proof.getString("checkpoint.note"), publicKey)))
                        .isTrue();
            }
        }
    }

    @Test
    void aLaterCheckpointIsProvenToContinueAnEarlierOne() throws Exception {
        // Given
        appended(Tokens.operator(), invoiceFinalized(tenant));
        JsonPath kept = get(owner, "/v1/audit-logs/checkpoint").extract().jsonPath();
        appended(Tokens.operator(), invoiceFinalized(tenant));
        appended(Tokens.operator(), invoiceFinalized(tenant));

        // When
        JsonPath proof = get(owner, "/v1/audit-logs/consistency?from=" + kept.getLong("tree_size"))
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        byte[] publicKey = publicKey();
        assertThat(proof.getString("from_checkpoint.note")).isEqualTo(kept.getString("note"));
        assertThat(ProofVerifier.verifyConsistency(
                        proof.getLong("from"),
                        proof.getLong("to"),
                        NoteReader.verifiedRoot(kept.getString("note"), publicKey),
                        NoteReader.verifiedRoot(proof.getString("to_checkpoint.note"), publicKey),
                        hashes(proof, "hashes")))
                .isTrue();
    }

    @Test
    void theCheckpointIsASignedNoteForThoseWhoAskForText() throws Exception {
        // Given
        long size = size();

        // When
        String note = given().auth()
                .oauth2(owner)
                .accept("text/plain")
                .when()
                .get("/v1/audit-logs/checkpoint?tree_size=" + size)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .extract()
                .body()
                .asString();

        // Then
        assertThat(note.lines().limit(2)).containsExactly("countinghouse.io/audit-log", Long.toString(size));
        assertThat(NoteReader.verifiedRoot(note, publicKey())).hasSize(32);
        get(owner, "/v1/audit-logs/checkpoint?tree_size=" + size)
                .contentType("application/json")
                .body("note", equalTo(note))
                .body("origin", equalTo("countinghouse.io/audit-log"));
    }

    @Test
    void theEmptyTreeHasACheckpointToo() {
        // When
        var answer = get(owner, "/v1/audit-logs/checkpoint?tree_size=0");

        // Then
        answer.statusCode(200).body("root_hash", equalTo(base64(MerkleTree.EMPTY_ROOT)));
    }

    @Test
    void thePublicKeyIsForEverybody() {
        // When
        var answer = given().when().get("/v1/audit-logs/public-key").then();

        // Then
        answer.statusCode(200)
                .body("algorithm", equalTo("Ed25519"))
                .body("key", startsWith("countinghouse.io/audit-log+"))
                .body("earlier.size()", is(0));
    }

    @Test
    void theCreationOfTheKeyIsTheFirstEntry() {
        // When
        var answer = get(Tokens.operator(), "/v1/audit-logs?action=audit.signing_key.created");

        // Then
        answer.statusCode(200).body("data.leaf_index", hasItem(0));
    }

    @Test
    void theProofOfAnEntryOfAnotherTenantDoesNotExist() {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));

        // When
        var answer = get(owner, "/v1/audit-logs/" + id + "/proof");

        // Then
        answer.spec(problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "999999999", "seven", "99999999999999999999"})
    void aProofInATreeThatDoesNotHoldTheEntryIsABadRequest(String treeSize) {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(tenant));

        // When
        var answer = get(owner, "/v1/audit-logs/" + id + "/proof?tree_size=" + treeSize);

        // Then
        answer.spec(invalid("tree_size"));
    }

    @Test
    void aTreeLargerThanTheLogIsBlamedOnWhatWasAsked() {
        // When
        var answer = get(owner, "/v1/audit-logs/consistency?from=999999999");

        // Then
        answer.spec(invalid("from"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=0", "from=-1", "to=1", "from=999999999", "from=seven"})
    void aConsistencyProofFromATreeThatNeverWasIsABadRequest(String query) {
        // When
        var answer = get(owner, "/v1/audit-logs/consistency?" + query);

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "999999999", "seven"})
    void aCheckpointOfATreeThatNeverWasIsABadRequest(String treeSize) {
        // When
        var answer = get(owner, "/v1/audit-logs/checkpoint?tree_size=" + treeSize);

        // Then
        answer.spec(invalid("tree_size"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "consistency?from=1"})
    void theTreeIsForEveryRoleButNotForNobody(String path) {
        // When
        var viewer = get(Tokens.of(tenant, "viewer"), "/v1/audit-logs/" + path);
        var nobody = get(Tokens.ofNobody(), "/v1/audit-logs/" + path);
        var anonymous = given().when().get("/v1/audit-logs/" + path).then();

        // Then
        viewer.statusCode(200);
        nobody.spec(problem(403, "forbidden"));
        anonymous.spec(problem(401, "unauthorized"));
    }

    @Test
    void theProofOfAnEntryIsForThoseWhoMayReadIt() {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(tenant));

        // When
        var viewer = get(Tokens.of(tenant, "viewer"), "/v1/audit-logs/" + id + "/proof");
        var anonymous = given().when().get("/v1/audit-logs/" + id + "/proof").then();

        // Then
        viewer.spec(problem(403, "forbidden"));
        anonymous.spec(problem(401, "unauthorized"));
    }

    private static ValidatableResponse get(String token, String path) {
        return given().auth().oauth2(token).when().get(path).then();
    }

    private static byte[] publicKey() {
        String key = given().get("/v1/audit-logs/public-key").then().extract().path("public_key");
        return Base64.getDecoder().decode(key);
    }

    private static long size() {
        return get(Tokens.operator(), "/v1/audit-logs/checkpoint")
                .extract()
                .jsonPath()
                .getLong("tree_size");
    }

    private static List<byte[]> hashes(JsonPath answer, String field) {
        return answer.getList(field, String.class).stream()
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
