package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.gridctl.node.client.TestGrid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StorePieceTest {
    private static final byte[] DATA = new byte[LargeValues.PIECE + 77];

    private static TestGrid nodes;

    private final UUID blob = UUID.randomUUID();
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
        assumeThat(memory.folder()).isPresent();
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

    private boolean store(int piece) {
        return pieces.executeOnKey(new BlobKey(blob, piece), new StorePiece(DATA.length));
    }

    @Test
    void theLastPieceIsAsLongAsWhatIsLeft() {
        share(1);

        assertThat(store(1)).isTrue();

        assertThat(pieces.get(new BlobKey(blob, 1)))
                .isEqualTo(Arrays.copyOfRange(DATA, LargeValues.PIECE, DATA.length));
    }

    @Test
    void whatIsNotThereIsNotStored() {
        assertThat(store(0)).isFalse();
        share(1);
        assertThat(store(0)).isFalse();

        assertThat(pieces.containsKey(new BlobKey(blob, 0))).isFalse();
    }

    @Test
    void theCopyThatStandsByIsReadOrMissedLoudly() {
        share(0);
        StorePiece owners = new StorePiece(DATA.length);
        owners.setHazelcastInstance(nodes.member(0));
        assertThat(owners.getBackupProcessor()).isNull();
        assertThat(owners.process(entry())).isTrue();
        EntryProcessor<BlobKey, Object, Boolean> other = owners.getBackupProcessor();
        assertThat(other).isInstanceOfSatisfying(StorePiece.class, copy -> {
            copy.setHazelcastInstance(nodes.member(0));
            assertThat(copy.process(entry())).isTrue();

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
