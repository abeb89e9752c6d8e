package io.gridctl.node.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SharedValueTest {
    private static final int PIECE = 4096;
    private static final int COUNT = 5;
    private static final int LENGTH = (COUNT - 1) * PIECE + 100;

    /** Of a small value: marks, entries and a page's rest. */
    private static final int FIRST_PIECE = 2 * 4096;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("value");
    }

    private SharedValue open() throws IOException {
        return SharedValue.open(file, LENGTH, PIECE);
    }

    private static byte[] content(int piece) {
        byte[] bytes = new byte[piece == COUNT - 1 ? 100 : PIECE];
        Arrays.fill(bytes, (byte) (piece + 1));
        return bytes;
    }

    private static void write(SharedValue value, int piece) {
        value.write(piece, ByteBuffer.wrap(content(piece)));
    }

    private static byte @Nullable [] read(SharedValue value, int piece) {
        ByteBuffer bytes = value.read(piece);
        if (bytes == null) {
            return null;
        }
        byte[] read = new byte[bytes.remaining()];
        bytes.get(read);
        return read;
    }

    private void overwrite(long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    @Test
    void whatOneWritesAnotherReads() throws IOException {
        try (SharedValue one = open();
                SharedValue other = open()) {
            write(one, 1);
            write(one, COUNT - 1);

            assertThat(read(other, 1)).isEqualTo(content(1));
            assertThat(read(other, COUNT - 1)).isEqualTo(content(COUNT - 1));
            assertThat(other.has(0)).isFalse();
            assertThat(read(other, 0)).isNull();
        }
    }

    @Test
    void aPieceWhoseWriterWasKilledBeforeItsEndIsNotThere() throws IOException {
        try (SharedValue value = open()) {
            overwrite(FIRST_PIECE, content(0));

            assertThat(value.has(0)).isFalse();
            assertThat(read(value, 0)).isNull();

            write(value, 0);

            assertThat(read(value, 0)).isEqualTo(content(0));
        }
    }

    @Test
    void bytesThatAreNotThoseWrittenAreNotTaken() throws IOException {
        try (SharedValue value = open()) {
            write(value, 0);
            write(value, 1);

            overwrite(FIRST_PIECE + 17, new byte[] {99});

            assertThat(read(value, 0)).isNull();
            assertThat(read(value, 1)).isEqualTo(content(1));
        }
    }

    @Test
    void whereThereIsNoMemoryForAPieceTheSharingEnds() throws IOException {
        try (SharedValue value = open()) {
            write(value, 0);

            assertThat(value.fill(1, into -> {
                        throw new OutOfMemoryError("no direct memory");
                    }))
                    .isFalse();

            assertThat(value.has(0)).isFalse();
            assertThat(value.fill(1, into -> into.put(content(1)))).isFalse();
        }
    }

    @Test
    void aFileThatIsCutOffEndsTheSharing() throws IOException {
        try (SharedValue value = open()) {
            write(value, 0);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(FIRST_PIECE + 10);
            }

            assertThat(read(value, 0)).isNull();
            assertThat(value.has(0)).isFalse();
        }
    }

    @Test
    void anInterruptedTaskSharesNoFurtherAndFailsNot() throws IOException {
        try (SharedValue value = open()) {
            write(value, 0);

            Thread.currentThread().interrupt();
            write(value, 1);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(value.has(0)).isFalse();
            assertThat(read(value, 0)).isNull();
            value.finished(1, 1);
            assertThat(file).exists();
        }
    }

    @Test
    void theLastEngineDeletesTheFileAndWhoReadsItStillCan() throws IOException {
        try (SharedValue one = open();
                SharedValue other = open()) {
            write(one, 2);
            one.finished(0, 2);
            one.finished(0, 2);
            assertThat(file).exists();

            other.finished(7, 2);

            assertThat(file).doesNotExist();
            assertThat(read(one, 2)).isEqualTo(content(2));
        }
    }

    @Test
    void severalFillAndReadAtOnceAndNobodyEverReadsAWrongByte() throws Exception {
        int engines = 4;
        ExecutorService threads = Executors.newFixedThreadPool(engines);
        try {
            for (int round = 0; round < 50; round++) {
                List<Future<Integer>> wrong = new ArrayList<>();
                for (int engine = 0; engine < engines; engine++) {
                    int first = engine;
                    wrong.add(threads.submit(() -> fillAndRead(first)));
                }
                for (Future<Integer> each : wrong) {
                    assertThat(each.get()).isZero();
                }
                Files.delete(file);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many pieces were other than they should be. */
    private int fillAndRead(int first) throws IOException {
        int wrong = 0;
        try (SharedValue value = open()) {
            for (int step = 0; step < COUNT; step++) {
                int piece = (first + step) % COUNT;
                byte[] there = read(value, piece);
                wrong += there == null || Arrays.equals(there, content(piece)) ? 0 : 1;
                write(value, piece);
                byte[] own = read(value, piece);
                wrong += own == null || Arrays.equals(own, content(piece)) ? 0 : 1;
            }
        }
        return wrong;
    }
}
