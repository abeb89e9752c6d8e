package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.gridctl.node.client.TestGrid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.NeedsHostMemory;
import io.gridctl.node.share.SharedValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("any-jvm")
@Timeout(60)
@NeedsHostMemory
class PendingValuesTest {
    private static final byte[] DATA = new byte[(BlobKey.TOGETHER + 1) * LargeValues.PIECE + 77];

    private static TestGrid nodes;

    private final UUID blob = UUID.randomUUID();
    private HostMemory memory;
    private IMap<BlobKey, byte[]> pieces;

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
        memory = HostMemory.ofGuest(nodes.member(0).getConfig().getClusterName());
        pieces = nodes.member(0).getMap(GridObjects.BLOB);
    }

    @AfterEach
    void leaveNothing() {
        memory.remove();
        pieces.clear();
    }

    private void leave(int references) {
        if (references > 0) {
            pieces.executeOnKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(references));
        }
        try (SharedValue value =
                memory.open(blob, DATA.length, LargeValues.PIECE).orElseThrow()) {
            for (int piece = 0; piece < LargeValues.count(DATA.length); piece++) {
                int from = piece * LargeValues.PIECE;
                assertThat(value.fill(piece, into -> into.put(DATA, from, into.remaining())))
                        .isTrue();
            }
        }
        assertThat(memory.leave(blob, DATA.length)).isTrue();
    }

    private boolean isPending() {
        return !memory.pending(Duration.ZERO).isEmpty();
    }

    private void age(Duration age) throws IOException {
        Path file = memory.folder().orElseThrow().resolve(blob + "." + DATA.length);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private byte[] read(LargeValues values) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        values.read(blob, DATA.length, bytes -> {
            byte[] taken = new byte[bytes.remaining()];
            bytes.duplicate().get(taken);
            read.writeBytes(taken);
        });
        return read.toByteArray();
    }

    private byte[] held() {
        return read(new LargeValues(pieces));
    }

    private PendingValues here() {
        return PendingValues.of(nodes.member(0));
    }

    @Test
    void membersStoreWhatHasBeenLeftAlone() {
        leave(1);

        await().atMost(Duration.ofSeconds(30)).until(() -> !isPending());

        assertThat(held()).isEqualTo(DATA);
    }

    @Test
    void aYoungerMemberWaitsForItsTurn() throws IOException {
        leave(1);

        assertThat(here().due(PendingValues.REST)).isEmpty();
        assertThat(here().due(Duration.ofMinutes(-1))).hasSize(1);

        age(Duration.ofMinutes(1));
        here().storeDue();
        assertThat(isPending()).isFalse();
        assertThat(held()).isEqualTo(DATA);
    }

    @Test
    void whatNobodyHasReferredToForLongIsDroppedRatherThanStored() throws IOException {
        leave(0);

        assertThat(here().store(blob, DATA.length)).isFalse();
        assertThat(isPending()).isTrue();

        age(Duration.ofMinutes(1));
        assertThat(here().store(blob, DATA.length)).isFalse();
        assertThat(isPending()).isFalse();
        await().until(pieces::isEmpty);
    }

    @Test
    void aValueThatIsReleasedLeavesNothing() {
        leave(2);

        LargeValues.of(nodes.member(0)).release(blob, DATA.length, 2);

        await().until(() -> pieces.isEmpty() && !isPending());
    }

    @Test
    void whoCannotReadWhereItIsPendingHasItStored() {
        leave(1);
        LargeValues elsewhere =
                new LargeValues(pieces, new CommonMemory(nodes.member(0), HostMemory.ofGuest("another host's")));

        assertThat(read(elsewhere)).isEqualTo(DATA);

        assertThat(isPending()).isFalse();
        assertThat(held()).isEqualTo(DATA);
    }

    @Test
    void whoIsInterruptedStillGetsIt() {
        leave(1);
        LargeValues elsewhere =
                new LargeValues(pieces, new CommonMemory(nodes.member(0), HostMemory.ofGuest("another host's")));

        Thread.currentThread().interrupt();
        byte[] read = read(elsewhere);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read).isEqualTo(DATA);
    }

    @Test
    void whatIsReleasedAfterItWasStoredByTwoLeavesNothing() throws Exception {
        leave(1);
        Thread other = new Thread(() -> PendingValues.of(nodes.member(0)).store(blob, DATA.length));
        other.start();

        here().store(blob, DATA.length);
        LargeValues.of(nodes.member(0)).release(blob, DATA.length, 1);
        other.join();

        await().until(() -> pieces.isEmpty() && !isPending());
    }

    @Test
    void whatIsPendingCanBeReadAsAStream() throws IOException {
        leave(1);

        assertThat(LargeValues.of(nodes.member(0)).reader(blob, DATA.length).readAllBytes())
                .isEqualTo(DATA);
    }

    @Test
    void aDamagedPieceIsNotStored() throws IOException {
        leave(1);
        Path file = memory.folder().orElseThrow().resolve(blob + "." + DATA.length);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), channel.size() - 10);
        }

        age(Duration.ofMinutes(1));
        here().storeDue();

        assertThat(isPending()).isTrue();
        assertThat(pieces.get(new BlobKey(blob, LargeValues.count(DATA.length) - 1)))
                .isNull();
    }
}
