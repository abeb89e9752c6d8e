package io.gridctl.node.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class ExchangeTest {
    /** More than is copied at once, and no multiple of it. */
    private static final int LENGTH = 200_001;

    @TempDir
    private Path folder;

    private Path file;
    private Exchange client;
    private Exchange engine;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("exchange");
        client = Exchange.create(file, 3, 3 * LENGTH);
        engine = Exchange.find(file);
    }

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[LENGTH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Exchange.Source of(byte[] bytes) {
        return (from, into) -> into.put(bytes, (int) from, into.remaining());
    }

    private boolean put(int place, byte[] bytes) {
        return client.put(place, bytes.length, bytes.length, of(bytes));
    }

    private byte @Nullable [] taken(int place) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(engine.await(place));
        return engine.take(place, bytes::put) ? bytes.array() : null;
    }

    private byte @Nullable [] answered(int place, Exchange.Left left) {
        ByteBuffer bytes = ByteBuffer.allocate(left.length());
        return client.take(place, left, bytes::put) ? bytes.array() : null;
    }

    @Test
    void argumentsComeInAnyOrderAndValuesTakeTheirPlaces() throws Exception {
        put(2, bytes(2));
        put(0, bytes(0));
        put(1, new byte[0]);

        assertThat(taken(0)).isEqualTo(bytes(0));
        assertThat(taken(1)).isEmpty();
        Exchange.Left first = engine.answer(0, LENGTH, of(bytes(10)));
        Exchange.Left last = engine.answer(2, LENGTH - 7, of(bytes(12)));

        assertThat(taken(1)).isEmpty();
        assertThat(answered(0, first)).isEqualTo(bytes(10));
        assertThat(answered(2, last)).isEqualTo(Arrays.copyOf(bytes(12), LENGTH - 7));
    }

    @Test
    void whoComesFirstWaitsUntilAllOfItIsThere() throws Exception {
        FutureTask<byte[]> waiting = new FutureTask<>(() -> taken(1));
        Thread slot = new Thread(waiting);
        slot.start();
        await().until(() -> slot.getState() == Thread.State.TIMED_WAITING);

        client.put(1, LENGTH, LENGTH, (from, into) -> {
            assertThat(waiting.isDone()).isFalse();
            into.put(bytes(1), (int) from, into.remaining());
        });

        assertThat(waiting.get()).isEqualTo(bytes(1));
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndOthersGoOn() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> engine.await(0)).isInstanceOf(InterruptedException.class);

        // Nor does an interrupt that comes while it reads close anything.
        put(0, bytes(0));
        Thread.currentThread().interrupt();
        assertThat(taken(0)).isEqualTo(bytes(0));
        assertThat(engine.answer(0, LENGTH, of(bytes(1)))).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(taken(0)).as("its place holds the value now").isNull();
    }

    @Test
    void aValueThatNeedsMoreRoomIsNotLeft() throws Exception {
        client.put(0, 10, 20, of(bytes(0)));
        put(1, bytes(1));

        assertThat(engine.answer(0, 21, of(bytes(2)))).isNull();
        assertThat(engine.answer(0, 20, of(bytes(2)))).isNotNull();
        assertThat(taken(1)).isEqualTo(bytes(1));
    }

    @Test
    void whatWillNotComeIsNotWaitedFor() throws Exception {
        client.refuse(0);
        assertThat(engine.await(0)).isEqualTo(-1);

        client.delete();
        assertThat(engine.await(1)).isEqualTo(-1);
    }

    @Test
    void whoeverHasItOpenGoesOnAfterItWasDeleted() throws Exception {
        put(0, bytes(0));
        client.delete();

        assertThat(taken(0)).isEqualTo(bytes(0));
        assertThat(answered(0, engine.answer(0, LENGTH, of(bytes(1))))).isEqualTo(bytes(1));
        assertThatThrownBy(() -> Exchange.find(file)).isInstanceOf(IOException.class);
    }

    @Test
    void damagedBytesAreNotTaken() throws Exception {
        put(0, bytes(0));
        Exchange.Left left = engine.answer(0, LENGTH, of(bytes(1)));
        put(1, bytes(1));
        try (RandomAccessFile damaging = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 4096; at < damaging.length(); at += 10_000) {
                damaging.seek(at);
                damaging.write(1);
                damaging.write(2);
            }
        }

        assertThat(answered(0, left)).isNull();
        assertThat(taken(1)).isNull();
    }

    @Test
    void nothingIsLeftWhereItIsClosed() throws Exception {
        put(0, bytes(0));
        client.close();
        engine.close();

        assertThat(put(1, bytes(1))).isFalse();
        assertThat(engine.await(0)).isEqualTo(-1);
        assertThat(engine.take(0, any -> {})).isFalse();
        assertThat(engine.answer(0, 1, of(bytes(1)))).isNull();
        client.refuse(1);
        assertThat(file).as("who cannot be told otherwise").doesNotExist();
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(3 * LENGTH);
    }
}
