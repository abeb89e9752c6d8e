package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.node.client.TestGrid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommonMemoryTest {
    private static final int LENGTH = 5_000;

    private TestGrid nodes;
    private HostMemory memory;
    private CommonMemory common;

    @BeforeEach
    void open() {
        nodes = new TestGrid(1);
        memory = HostMemory.ofGuest(nodes.member(0).getConfig().getClusterName());
        assumeThat(memory.folder()).isPresent();
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
        begun.ifPresent(value -> common.stored(blob));
        return begun.map(value -> blob);
    }

    private boolean isThere(UUID blob, long length) {
        Optional<SharedValue> found = common.find(blob, length);
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

    @Test
    void whatWasWrittenBeforeAMemberCameMayNotBeWithAll() {
        CommonMemory.Begun begun = begun(UUID.randomUUID(), LENGTH).orElseThrow();
        assertThat(common.holds(begun)).isTrue();

        nodes.startEngine(1);

        assertThat(common.holds(begun)).isFalse();
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
