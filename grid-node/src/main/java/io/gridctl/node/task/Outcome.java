package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.node.share.Exchange;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended, with what it printed and how long it ran.
 *
 * @param task the task's id
 * @param end a value, a failure or the word that it was cancelled
 * @param startedMillis when its code began, by the engine's clock; 0 if it never did
 * @param ranNanos how long its code ran
 * @param output what it has let out and has not been sent yet
 */
public record Outcome(long task, End end, long startedMillis, long ranNanos, News output) {

    /** What can come out. */
    public sealed interface End {}

    /**
     * A value.
     *
     * @param bytes the value's bytes
     */
    public record Value(byte[] bytes) implements End {}

    /**
     * An exception.
     *
     * @param failure what is known of it
     */
    public record Failed(RemoteFailure failure) implements End {}

    /**
     * What became of several tasks that ran one after the other.
     *
     * @param count how many they are
     * @param values a block of their values, nothing for those that failed; or one value that combines them
     * @param ranNanos how long each of them ran
     * @param failures those that failed
     * @param printed what they printed
     */
    public record Items(int count, byte[] values, float[] ranNanos, List<ItemFailure> failures, List<ItemText> printed)
            implements End {
        /**
         * The end of one task that worked on many elements until one failed.
         *
         * @param offset which one, from 0
         * @param failure what is known of it
         * @return an end without values
         */
        public static Items failed(int offset, RemoteFailure failure) {
            return new Items(1, new byte[0], new float[1], List.of(new ItemFailure(offset, failure)), List.of());
        }
    }

    /**
     * One of several failed.
     *
     * @param offset which one, from 0
     * @param failure what is known of it
     */
    public record ItemFailure(int offset, RemoteFailure failure) {}

    /**
     * One of several let something out.
     *
     * @param offset which one, from 0
     * @param text what
     */
    public record ItemText(int offset, News text) {}

    /**
     * It took longer than its limit, was interrupted, and may still run.
     *
     * @param quiet whether it was too long without progress, rather than too long in all
     */
    public record TimedOut(boolean quiet) implements End {}

    /**
     * A value, or several, whose bytes are where the task's argument was.
     *
     * @param end the same without them
     * @param left what to read there
     */
    public record InPlace(End end, Exchange.Left left) implements End {
        /**
         * Several values without their bytes.
         *
         * @param items they
         * @return the rest
         */
        public static Items without(Items items) {
            return new Items(items.count(), new byte[0], items.ranNanos(), items.failures(), items.printed());
        }

        /**
         * The same once the bytes were read.
         *
         * @param bytes they
         * @return a value, or several
         */
        public End with(byte[] bytes) {
            return end instanceof Items items
                    ? new Items(items.count(), bytes, items.ranNanos(), items.failures(), items.printed())
                    : new Value(bytes);
        }
    }

    /** It did not run, as its argument is not where it was said to be, and never will. */
    public record Lacking() implements End {}

    /** It was dropped before it started, or it ended after somebody had cancelled it. */
    public record Cancelled() implements End {}

    /**
     * What a task lets out before its outcome.
     *
     * @param stdout text that it printed
     * @param stderr text printed as errors
     * @param published the bytes of the value that it published last, null if it published none
     */
    public record News(String stdout, String stderr, byte @Nullable [] published) {
        /** Nothing. */
        public static final News NOTHING = new News("", "", null);

        /**
         * Whether there is none.
         *
         * @return true if nothing was printed or published
         */
        public boolean isEmpty() {
            return stdout.isEmpty() && stderr.isEmpty() && published == null;
        }

        void write(ObjectDataOutput out) throws IOException {
            // Most tasks are silent.
            out.writeBoolean(isEmpty());
            if (isEmpty()) {
                return;
            }
            out.writeString(stdout);
            out.writeString(stderr);
            out.writeByteArray(published);
        }

        static News read(ObjectDataInput in) throws IOException {
            if (in.readBoolean()) {
                return NOTHING;
            }
            String stdout = Wire.readText(in);
            String stderr = Wire.readText(in);
            return new News(stdout, stderr, in.readByteArray());
        }
    }

    /** {@return roughly how many bytes it takes} */
    public long bytes() {
        byte[] published = output.published();
        long printed =
                output.stdout().length() + (long) output.stderr().length() + (published == null ? 0 : published.length);
        if (end instanceof Value value) {
            return printed + value.bytes().length;
        }
        if (end instanceof Items items) {
            return printed + items.values().length + (long) Float.BYTES * items.count();
        }
        if (end instanceof InPlace elsewhere) {
            return new Outcome(task, elsewhere.end(), startedMillis, ranNanos, output).bytes();
        }
        return end instanceof Failed failed
                ? printed + failed.failure().text().length() + failed.failure().original().length
                : printed;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(task);
        write(end, out);
        out.writeLong(startedMillis);
        out.writeLong(ranNanos);
        output.write(out);
    }

    private static void write(End end, ObjectDataOutput out) throws IOException {
        if (end instanceof Value value) {
            out.writeByte(0);
            out.writeByteArray(value.bytes());
        } else if (end instanceof Failed failed) {
            out.writeByte(1);
            failed.failure().write(out);
        } else if (end instanceof Items items) {
            out.writeByte(3);
            write(items, out);
        } else if (end instanceof TimedOut timedOut) {
            out.writeByte(timedOut.quiet() ? 5 : 4);
        } else if (end instanceof InPlace elsewhere) {
            out.writeByte(6);
            write(elsewhere.end(), out);
            out.writeInt(elsewhere.left().length());
            out.writeLong(elsewhere.left().checksum());
        } else {
            out.writeByte(end instanceof Lacking ? 7 : 2);
        }
    }

    static Outcome read(ObjectDataInput in) throws IOException {
        long task = in.readLong();
        End end = readEnd(in);
        return new Outcome(task, end, in.readLong(), in.readLong(), News.read(in));
    }

    private static End readEnd(ObjectDataInput in) throws IOException {
        return switch (in.readByte()) {
            case 0 -> new Value(Wire.readBytes(in));
            case 1 -> new Failed(RemoteFailure.read(in));
            case 3 -> readItems(in);
            case 4 -> new TimedOut(false);
            case 5 -> new TimedOut(true);
            case 6 -> new InPlace(readEnd(in), new Exchange.Left(in.readInt(), in.readLong()));
            case 7 -> new Lacking();
            default -> new Cancelled();
        };
    }

    private static void write(Items items, ObjectDataOutput out) throws IOException {
        out.writeInt(items.count());
        out.writeByteArray(items.values());
        out.writeFloatArray(items.ranNanos());
        Wire.writeList(out, items.failures(), failed -> {
            out.writeInt(failed.offset());
            failed.failure().write(out);
        });
        Wire.writeList(out, items.printed(), text -> {
            out.writeInt(text.offset());
            text.text().write(out);
        });
    }

    private static Items readItems(ObjectDataInput in) throws IOException {
        return new Items(
                in.readInt(),
                Wire.readBytes(in),
                Wire.readFloats(in),
                Wire.readList(in, () -> new ItemFailure(in.readInt(), RemoteFailure.read(in))),
                Wire.readList(in, () -> new ItemText(in.readInt(), News.read(in))));
    }
}
