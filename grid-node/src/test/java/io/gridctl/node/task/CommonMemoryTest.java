package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.gridctl.node.client.TestGrid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.NeedsHostMemory;
import io.gridctl.node.share.SharedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("any-jvm")
@Timeout(60)
@NeedsHostMemory
class CommonMemoryTest {
    private static final int LENGTH = 5_000;

    private TestGrid nodes;
    private HostMemory memory;
    private CommonMemory common;

    @BeforeEach
    void open() {
        nodes = new TestGrid(1);
        memory = HostMemory.ofGuest(nodes.member(0).getConfig().getClusterName());
        common = new CommonMemory(nodes.member(0), memory);
        // The member says once where it is, and this machine may be busy.
        await().until(() -> written(LENGTH).isPresent());
    }

    @AfterEach
    void close() {
        common.close();
        nodes.close();
    }

    private Optional<CommonMemory.Begun> begun(UUID blob, long length) {
        Optional<CommonMemory.Begun> begun = common.begin(blob, length);
        begun.ifPresent(value -> value.value().close());
        return begun;
    }

    private Optional<UUID> written(long length) {
        UUID blob = UUID.randomUUID();
        Optional<CommonMemory.Begun> begun = begun(blob, length);
        begun.ifPresent(value -> common.wrote(blob, length));
        return begun.map(value -> blob);
    }

    private boolean isThere(UUID blob, long length) {
        Optional<SharedValue> found = memory.find(blob, length, LargeValues.PIECE);
        found.ifPresent(SharedValue::close);
        return found.isPresent();
    }

    /** Empty files, whose size counts. */
    private long largest() {
        long length = 1L << 40;
        while (!memory.mayHold(length)) {
            length /= 2;
        }
        return length;
    }

    private boolean isPending(UUID blob, long length) {
        Optional<SharedValue> found = memory.findPending(blob, length, LargeValues.PIECE);
        found.ifPresent(SharedValue::close);
        return found.isPresent();
    }

    @Test
    void whatWasWrittenBeforeAMemberCameIsNotLeftToAll() {
        UUID early = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        CommonMemory.Begun begun = begun(early, LENGTH).orElseThrow();
        CommonMemory.Begun overtaken = begun(late, LENGTH).orElseThrow();
        assertThat(common.leave(begun, early, LENGTH)).isTrue();
        assertThat(isPending(early, LENGTH)).isTrue();

        nodes.startEngine(1);

        assertThat(common.leave(overtaken, late, LENGTH)).isFalse();
        assertThat(isPending(late, LENGTH)).isFalse();
    }

    @Test
    void whatIsPendingIsStoredBeforeItGivesWay() {
        IMap<BlobKey, byte[]> pieces = nodes.member(0).getMap(GridObjects.BLOB);
        LargeValues values = new LargeValues(pieces, common);
        byte[] data = new byte[LENGTH];
        new Random(5).nextBytes(data);
        UUID pending = values.write(LargeValues.Source.of(data), 1);
        assertThat(isPending(pending, LENGTH)).isTrue();
        assertThat(pieces.get(new BlobKey(pending, 0))).isNull();

        for (int i = 0; i < 3; i++) {
            written(largest() / 2);
        }

        assertThat(isPending(pending, LENGTH)).isFalse();
        assertThat(pieces.get(new BlobKey(pending, 0))).isEqualTo(data);
    }

    @Test
    void whatIsPendingStaysWhenItsWriterLeaves() {
        UUID pending = UUID.randomUUID();
        assertThat(common.leave(begun(pending, LENGTH).orElseThrow(), pending, LENGTH))
                .isTrue();
        common.wrote(pending, LENGTH);

        common.close();

        assertThat(isPending(pending, LENGTH)).isTrue();
    }

    @Test
    void whatWasWrittenFirstGivesWay() {
        long length = largest() / 2;
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(written(length).orElseThrow());
        }

        assertThat(isThere(all.get(0), length)).isFalse();
        assertThat(isThere(all.get(4), length)).isTrue();
    }

    @Test
    void nothingGivesWayToWhatIsTooLarge() {
        UUID small = written(LENGTH).orElseThrow();

        assertThat(written(2 * largest())).isEmpty();

        assertThat(isThere(small, LENGTH)).isTrue();
    }

    @Test
    void whatIsClosedSharesNothing() {
        UUID before = written(LENGTH).orElseThrow();

        common.close();

        assertThat(isThere(before, LENGTH)).isFalse();
        assertThat(written(LENGTH)).isEmpty();
    }
}
