package io.countinghouse.auditlog.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The leaves, roots and proofs are those of the test suite of the certificate-transparency project. */
class MerkleTreeTest {

    private static final List<byte[]> REFERENCE_LEAVES = List.of(
            hex(""),
            hex("00"),
            hex("10"),
            hex("2021"),
            hex("3031"),
            hex("40414243"),
            hex("5051525354555657"),
            hex("606162636465666768696a6b6c6d6e6f"));

    private static final String A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private static final String B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private static final String C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private static final String D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private static final String E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private static final String F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    private static final String ROOT_1 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    private static final String ROOT_2 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
    private static final String ROOT_4 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";

    @Test
    void aTreeWithoutLeavesHasTheHashOfNothingAsItsRoot() {
        // When
        byte[] root = MerkleTree.root(0, Map.of());

        // Then
        assertThat(root).isEqualTo(hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, " + ROOT_1,
        "2, " + ROOT_2,
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, " + ROOT_4,
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void rootsOfTheReferenceLeavesAreThePublishedOnes(int size, String published) {
        // Given
        var stored = stored(REFERENCE_LEAVES);

        // When
        byte[] root = MerkleTree.root(size, stored);

        // Then
        assertThat(root).isEqualTo(hex(published));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, ''",
        "0, 8, " + A + " " + B + " " + C,
        "5, 8, " + D + " " + E + " " + ROOT_4,
        "2, 3, " + ROOT_2,
        "1, 5, " + ROOT_1 + " " + B + " " + D
    })
    void inclusionProofsOfTheReferenceLeavesAreThePublishedOnes(long leaf, long size, String published) {
        // Given
        var stored = stored(REFERENCE_LEAVES);

        // When
        var proof = MerkleTree.inclusionProof(leaf, size, stored);

        // Then
        assertThat(words(proof)).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, " + A + " " + B + " " + C,
        "6, 8, " + F + " " + E + " " + ROOT_4,
        "2, 5, " + B + " " + D
    })
    void consistencyProofsOfTheReferenceLeavesAreThePublishedOnes(long from, long to, String published) {
        // Given
        var stored = stored(REFERENCE_LEAVES);

        // When
        var proof = MerkleTree.consistencyProof(from, to, stored);

        // Then
        assertThat(words(proof)).isEqualTo(published);
    }

    @Test
    void rootsAndProofsOfEverySizeUpToSeventyAgreeWithTheRecursionOfTheSpecification() {
        // Given
        var leaves = numberedLeaves(70);
        var stored = stored(leaves);

        for (int size = 1; size <= leaves.size(); size++) {
            // When
            byte[] root = MerkleTree.root(size, stored);

            // Then
            assertThat(root).isEqualTo(mth(leaves.subList(0, size)));
            for (int leaf = 0; leaf < size; leaf++) {
                assertThat(words(MerkleTree.inclusionProof(leaf, size, stored)))
                        .isEqualTo(words(path(leaf, leaves.subList(0, size))));
            }
            for (int from = 1; from <= size; from++) {
                assertThat(words(MerkleTree.consistencyProof(from, size, stored)))
                        .isEqualTo(words(subproof(from, leaves.subList(0, size), true)));
            }
        }
    }

    @Test
    void whatIsAnnouncedAsNeededIsEnough() {
        // Given
        var stored = stored(numberedLeaves(70));

        for (int size = 1; size <= 70; size++) {
            for (int other = 1; other <= size; other++) {
                // When
                var forInclusion = only(stored, MerkleTree.subtreesOfInclusion(other - 1, size));
                var forConsistency = only(stored, MerkleTree.subtreesOfConsistency(other, size));

                // Then
                assertThat(MerkleTree.inclusionProof(other - 1, size, forInclusion))
                        .hasSizeLessThanOrEqualTo(7);
                assertThat(MerkleTree.consistencyProof(other, size, forConsistency))
                        .hasSizeLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void aProofInATreeOfAMillionMillionLeavesNeedsFewHashes() {
        // When
        var needed = MerkleTree.subtreesOfInclusion(123_456_789_012L, 1_000_000_000_000L);

        // Then
        assertThat(needed).hasSizeLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, 4})
    void aLeafOutsideTheTreeHasNoProof(long leaf) {
        // When / Then
        assertThatThrownBy(() -> MerkleTree.subtreesOfInclusion(leaf, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 4})
    void aTreeIsNotAContinuationOfALargerOrEmptyOne(long from) {
        // When / Then
        assertThatThrownBy(() -> MerkleTree.subtreesOfConsistency(from, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Map<Subtree, byte[]> stored(List<byte[]> leaves) {
        var stored = new HashMap<Subtree, byte[]>();
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            var siblings = only(stored, MerkleTree.subtreesOfAppend(leaf));
            stored.putAll(MerkleTree.append(leaf, MerkleTree.leafHash(leaves.get(leaf)), siblings));
        }
        return stored;
    }

    static List<byte[]> numberedLeaves(int count) {
        var leaves = new ArrayList<byte[]>();
        for (int leaf = 0; leaf < count; leaf++) {
            leaves.add(("entry " + leaf).getBytes(StandardCharsets.UTF_8));
        }
        return leaves;
    }

    private static Map<Subtree, byte[]> only(Map<Subtree, byte[]> stored, Iterable<Subtree> needed) {
        var some = new HashMap<Subtree, byte[]>();
        needed.forEach(subtree -> some.put(subtree, stored.get(subtree)));
        return some;
    }

    private static byte[] mth(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return MerkleTree.leafHash(leaves.getFirst());
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return MerkleTree.nodeHash(mth(leaves.subList(0, k)), mth(leaves.subList(k, leaves.size())));
    }

    private static List<byte[]> path(int m, List<byte[]> leaves) {
        int n = leaves.size();
        if (n == 1) {
            return List.of();
        }
        int k = Integer.highestOneBit(n - 1);
        return m < k
                ? plus(path(m, leaves.subList(0, k)), mth(leaves.subList(k, n)))
                : plus(path(m - k, leaves.subList(k, n)), mth(leaves.subList(0, k)));
    }

    private static List<byte[]> subproof(int m, List<byte[]> leaves, boolean complete) {
        int n = leaves.size();
        if (m == n) {
            return complete ? List.of() : List.of(mth(leaves));
        }
        int k = Integer.highestOneBit(n - 1);
        return m <= k
                ? plus(subproof(m, leaves.subList(0, k), complete), mth(leaves.subList(k, n)))
                : plus(subproof(m - k, leaves.subList(k, n), false), mth(leaves.subList(0, k)));
    }

    private static List<byte[]> plus(List<byte[]> hashes, byte[] last) {
        var all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }

    private static String words(List<byte[]> hashes) {
        return String.join(" ", hashes.stream().map(HexFormat.of()::formatHex).toList());
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
