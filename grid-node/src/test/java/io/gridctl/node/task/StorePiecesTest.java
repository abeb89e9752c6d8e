package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.gridctl.node.client.TestGrid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.NeedsHostMemory;
import io.gridctl.node.share.SharedValue;
import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NeedsHostMemory
class StorePiecesTest {
    private static final int PIECES = BlobKey.TOGETHER + 2;
    private static final byte[] DATA = new byte[(PIECES - 1) * LargeValues.PIECE + 77];

    private static TestGrid nodes;

    private UUID blob = UUID.randomUUID();
    private HostMemory memory;
    private IMap<BlobKey, Object> pieces;

    @BeforeAll
    static void start() {
        nodes = new TestGrid(1);
        new Random(3).nextBytes(DATA);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void look() {
        memory = MemberMemory.of(nodes.member(0));
        pieces = nodes.member(0).getMap(GridObjects.BLOB);
    }

    @AfterEach
    void leaveNothing() {
        memory.remove();
        pieces.clear();
    }

    private void share(int piece) {
        try (SharedValue value =
                memory.open(blob, DATA.length, LargeValues.PIECE).orElseThrow()) {
            assertThat(value.fill(piece, into -> into.put(DATA, piece * LargeValues.PIECE, into.remaining())))
                    .isTrue();
        }
    }

    private int store(int first) {
        return pieces.executeOnKey(new BlobKey(blob, first), new StorePieces(DATA.length));
    }

    private static byte[] data(int piece) {
        int from = piece * LargeValues.PIECE;
        return Arrays.copyOfRange(DATA, from, Math.min(DATA.length, from + LargeValues.PIECE));
    }

    /** What the member holds of a piece, be it the copy that stands by. */
    private @Nullable ByteBuffer held(int piece) {
        return PieceData.held(nodes.member(0).getMap(GridObjects.BLOB), new BlobKey(blob, piece));
    }

    /** A value whose first pieces belong to the member, or are held there as a copy. */
    private UUID valueThatBelongsHere(boolean here) {
        PartitionService partitions = nodes.member(0).getPartitionService();
        Member member = nodes.member(0).getCluster().getLocalMember();
        return Stream.generate(UUID::randomUUID)
                .filter(id -> member.equals(
                                partitions.getPartition(new BlobKey(id, 0)).getOwner())
                        == here)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void piecesThatLieTogetherAreStoredInOneStep() {
        for (int piece = 0; piece < PIECES; piece++) {
            share(piece);
        }

        assertThat(store(0)).isEqualTo(BlobKey.TOGETHER);
        assertThat(pieces.size()).isEqualTo(BlobKey.TOGETHER);
        assertThat(store(BlobKey.TOGETHER)).isEqualTo(PIECES - BlobKey.TOGETHER);

        for (int piece = 0; piece < PIECES; piece++) {
            assertThat(pieces.get(new BlobKey(blob, piece))).isEqualTo(data(piece));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasThemAndWhoStandsByHoldThemUntilTheyAreRemoved(boolean here) {
        await().until(() -> nodes.member(0).getPartitionService().isClusterSafe());
        blob = valueThatBelongsHere(here);
        for (int piece = 0; piece < BlobKey.TOGETHER; piece++) {
            share(piece);
        }

        store(0);
        for (int piece = 0; piece < BlobKey.TOGETHER; piece++) {
            assertThat(held(piece)).isEqualTo(ByteBuffer.wrap(data(piece)));
        }
        pieces.executeOnKey(new BlobKey(blob, 0), new RemovePieces(DATA.length));

        for (int piece = 0; piece < BlobKey.TOGETHER; piece++) {
            assertThat(held(piece)).isNull();
        }
    }

    @Test
    void whatComesAfterOneThatIsNotThereIsNotStored() {
        assertThat(store(0)).isZero();
        share(0);
        share(2);

        assertThat(store(0)).isEqualTo(1);

        assertThat(pieces.keySet()).containsExactly(new BlobKey(blob, 0));
    }

    @Test
    void theCopyThatStandsByIsReadOrMissedLoudly() {
        share(0);
        StorePieces owners = new StorePieces(DATA.length);
        owners.setHazelcastInstance(nodes.member(0));
        assertThat(owners.getBackupProcessor()).isNull();
        assertThat(owners.process(entry())).isEqualTo(1);
        EntryProcessor<BlobKey, Object, Integer> other = owners.getBackupProcessor();
        assertThat(other).isInstanceOfSatisfying(StorePieces.class, copy -> {
            copy.setHazelcastInstance(nodes.member(0));
            assertThat(copy.process(entry())).isEqualTo(1);

            memory.remove();

            assertThatThrownBy(() -> copy.process(entry()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("piece 0 of large value " + blob);
        });
    }

    private Map.Entry<BlobKey, Object> entry() {
        return new SimpleEntry<>(new BlobKey(blob, 0), new byte[0]);
    }
}
