package io.countinghouse.auditlog.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofVerifierTest {

    private static final int SIZE = 70;
    private static final List<byte[]> LEAVES = MerkleTreeTest.numberedLeaves(SIZE);
    private static final Map<Subtree, byte[]> STORED = MerkleTreeTest.stored(LEAVES);

    @Test
    void everyInclusionProofIsAccepted() {
        for (int size = 1; size <= SIZE; size++) {
            for (int leaf = 0; leaf < size; leaf++) {
                // Given
                var proof = MerkleTree.inclusionProof(leaf, size, STORED);

                // When
                boolean valid = ProofVerifier.verifyInclusion(leaf, size, leafHash(leaf), proof, root(size));

                // Then
                assertThat(valid).as("leaf %s of %s", leaf, size).isTrue();
            }
        }
    }

    @Test
    void everyConsistencyProofIsAccepted() {
        for (int to = 1; to <= SIZE; to++) {
            for (int from = 1; from <= to; from++) {
                // Given
                var proof = MerkleTree.consistencyProof(from, to, STORED);

                // When
                boolean valid = ProofVerifier.verifyConsistency(from, to, root(from), root(to), proof);

                // Then
                assertThat(valid).as("from %s to %s", from, to).isTrue();
            }
        }
    }

    @Test
    void anInclusionProofWithOneBitChangedAnywhereIsRefused() {
        for (int size = 1; size <= SIZE; size++) {
            int leaf = size / 2;
            var proof = MerkleTree.inclusionProof(leaf, size, STORED);
            for (int position = 0; position < proof.size(); position++) {
                // Given
                var tampered = withBitFlipped(proof, position);

                // When
                boolean valid = ProofVerifier.verifyInclusion(leaf, size, leafHash(leaf), tampered, root(size));

                // Then
                assertThat(valid).isFalse();
            }
        }
    }

    @Test
    void aConsistencyProofWithOneBitChangedAnywhereIsRefused() {
        for (int to = 2; to <= SIZE; to++) {
            int from = (to + 1) / 2;
            var proof = MerkleTree.consistencyProof(from, to, STORED);
            for (int position = 0; position < proof.size(); position++) {
                // Given
                var tampered = withBitFlipped(proof, position);

                // When
                boolean valid = ProofVerifier.verifyConsistency(from, to, root(from), root(to), tampered);

                // Then
                assertThat(valid).isFalse();
            }
        }
    }

    @Test
    void aProofOfAnotherLeafIndexSizeEntryOrRootIsRefused() {
        // Given
        var proof = MerkleTree.inclusionProof(20, 50, STORED);

        // When / Then
        assertThat(ProofVerifier.verifyInclusion(21, 50, leafHash(20), proof, root(50)))
                .isFalse();
        assertThat(ProofVerifier.verifyInclusion(20, 51, leafHash(20), proof, root(51)))
                .isFalse();
        assertThat(ProofVerifier.verifyInclusion(20, 50, leafHash(21), proof, root(50)))
                .isFalse();
        assertThat(ProofVerifier.verifyInclusion(20, 50, leafHash(20), proof, root(49)))
                .isFalse();
        assertThat(ProofVerifier.verifyInclusion(50, 50, leafHash(20), proof, root(50)))
                .isFalse();
        assertThat(ProofVerifier.verifyInclusion(-1, 50, leafHash(20), proof, root(50)))
                .isFalse();
    }

    @Test
    void aProofThatIsTooShortOrTooLongIsRefused() {
        // Given
        var proof = MerkleTree.inclusionProof(20, 50, STORED);
        var longer = new ArrayList<>(proof);
        longer.add(root(3));

        // When / Then
        assertThat(ProofVerifier.verifyInclusion(20, 50, leafHash(20), proof.subList(1, proof.size()), root(50)))
                .isFalse();
        assertThat(ProofVerifier.verifyInclusion(20, 50, leafHash(20), longer, root(50)))
                .isFalse();
    }

    @Test
    void aRewrittenHistoryIsNotConsistentWithItsPast() {
        // Given
        var rewritten = new ArrayList<>(LEAVES);
        rewritten.set(7, "entry 7, rewritten".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var stored = MerkleTreeTest.stored(rewritten);

        for (int from = 8; from < SIZE; from++) {
            // When
            boolean valid = ProofVerifier.verifyConsistency(
                    from,
                    SIZE,
                    root(from),
                    MerkleTree.root(SIZE, stored),
                    MerkleTree.consistencyProof(from, SIZE, stored));

            // Then
            assertThat(valid).isFalse();
        }
    }

    @Test
    void sizesThatCannotBeConsistentAreRefused() {
        // When / Then
        assertThat(ProofVerifier.verifyConsistency(0, 5, MerkleTree.EMPTY_ROOT, root(5), List.of()))
                .isFalse();
        assertThat(ProofVerifier.verifyConsistency(6, 5, root(6), root(5), List.of()))
                .isFalse();
        assertThat(ProofVerifier.verifyConsistency(5, 5, root(5), root(4), List.of()))
                .isFalse();
        assertThat(ProofVerifier.verifyConsistency(3, 5, root(3), root(5), List.of()))
                .isFalse();
    }

    private static List<byte[]> withBitFlipped(List<byte[]> proof, int position) {
        var tampered = new ArrayList<>(proof);
        byte[] hash = tampered.get(position).clone();
        hash[position % hash.length] ^= 1;
        tampered.set(position, hash);
        return tampered;
    }

    private static byte[] leafHash(int leaf) {
        return MerkleTree.leafHash(LEAVES.get(leaf));
    }

    private static byte[] root(int size) {
        return MerkleTree.root(size, STORED);
    }
}
