package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * How a task ended, with what it printed and how long it ran.
 *
 * @param task the task's id
 * @param end a value, a failure or the word that it was cancelled
 * @param startedMillis when its code began, by the engine's clock; 0 if it never did
 * @param ranNanos how long its code ran
 * @param output what it printed and has not been sent yet
 */
public record Outcome(long task, End end, long startedMillis, long ranNanos, PrintedText output) {

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

    /** It was dropped before it started, or it ended after somebody had cancelled it. */
    public record Cancelled() implements End {}

    /**
     * What a task printed.
     *
     * @param stdout text
     * @param stderr text printed as errors
     */
    public record PrintedText(String stdout, String stderr) {
        /** Nothing. */
        public static final PrintedText NOTHING = new PrintedText("", "");

        /**
         * Whether there is none.
         *
         * @return true if both are empty
         */
        public boolean isEmpty() {
            return stdout.isEmpty() && stderr.isEmpty();
        }

        void write(ObjectDataOutput out) throws IOException {
            out.writeString(stdout);
            out.writeString(stderr);
        }

        static PrintedText read(ObjectDataInput in) throws IOException {
            String stdout = Wire.readText(in);
            String stderr = Wire.readText(in);
            return stdout.isEmpty() && stderr.isEmpty() ? NOTHING : new PrintedText(stdout, stderr);
        }
    }

    /** {@return roughly how many bytes it takes} */
    public long bytes() {
        long printed = output.stdout().length() + (long) output.stderr().length();
        if (end instanceof Value value) {
            return printed + value.bytes().length;
        }
        return end instanceof Failed failed
                ? printed + failed.failure().text().length() + failed.failure().original().length
                : printed;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(task);
        if (end instanceof Value value) {
            out.writeByte(0);
            out.writeByteArray(value.bytes());
        } else if (end instanceof Failed failed) {
            out.writeByte(1);
            failed.failure().write(out);
        } else {
            out.writeByte(2);
        }
        out.writeLong(startedMillis);
        out.writeLong(ranNanos);
        output.write(out);
    }

    static Outcome read(ObjectDataInput in) throws IOException {
        long task = in.readLong();
        End end = switch (in.readByte()) {
            case 0 -> new Value(Wire.readBytes(in));
            case 1 -> new Failed(RemoteFailure.read(in));
            default -> new Cancelled();
        };
        return new Outcome(task, end, in.readLong(), in.readLong(), PrintedText.read(in));
    }
}
