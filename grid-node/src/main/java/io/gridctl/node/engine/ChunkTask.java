package io.gridctl.node.engine;

import io.gridctl.node.payload.ItemBlock;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.ItemFailure;
import io.gridctl.node.task.Outcome.ItemText;
import io.gridctl.node.task.Outcome.News;
import io.gridctl.node.task.RemoteFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Many items of a map that run one after the other on one slot. When the frame's time is over, the answer takes what has
 * ended and hands back what has not begun; the one item that runs goes on and ends late.
 *
 * <p>Where items are combined, the last of each run of them stands for all, and the others have no value. What has run by
 * then is not ready to be answered without what runs, so all of it ends late.
 */
final class ChunkTask extends EngineTask {
    /** Of more items the results are made room for as they come. */
    private static final int MANY = 1 << 14;

    private final int items;
    private ItemBlock.@Nullable Reader arguments;
    private long startedMillis;

    // Guarded by this: what has ended since the chunk began, or since the answer took what had.
    private ItemBlock.Writer values = new ItemBlock.Writer(0);
    private float[] ranNanos = {};
    private List<ItemFailure> failures = List.of();
    private List<ItemText> printed = List.of();
    private int count;
    /** How many of the last ones have no value yet, because it is combined with what follows. */
    private int combining;

    private final boolean combines;

    /** How many items the answer has taken. */
    private int taken;

    /** The first item that is not to be run. */
    private int limit;

    /** What is about to become its outcome. */
    private @Nullable Outcome last;

    ChunkTask(AcceptedFrame frame, TaskCall call) {
        super(frame, call);
        items = call.items();
        limit = items;
        combines = frame.call().shape() == CallShape.REDUCTION;
    }

    /** Makes room for what comes. The slot's thread. */
    synchronized void begin() {
        startedMillis = System.currentTimeMillis();
        values = new ItemBlock.Writer(Math.min(items, MANY) * Integer.BYTES);
        ranNanos = new float[Math.min(items, MANY)];
    }

    /** These are its items. The slot's thread. */
    void arguments(byte[] block) {
        arguments = new ItemBlock.Reader(block);
    }

    @Override
    boolean covers(long id) {
        return id >= id() && id < id() + items;
    }

    @Override
    synchronized long lateId() {
        return last == null ? id() + taken : last.task();
    }

    /** Whether a further item is to be run. The slot's thread. */
    synchronized boolean goesOn() {
        return taken + count < limit && !isCancelled();
    }

    /** The next item's argument: one that is constant, or a {@code byte[]} for the codec. The slot's thread. */
    @Nullable
    Object next() {
        return Objects.requireNonNull(arguments, "arguments").next();
    }

    synchronized void succeeded(byte[] value, long nanos) {
        values.addEncoded(value);
        count(nanos);
    }

    /** With a value that is constant; says whether a further item is to be run. */
    synchronized boolean succeededWithConstant(@Nullable Object value, long nanos) {
        values.add(value);
        count(nanos);
        return goesOn();
    }

    /** With a record of this class, which has these parts. */
    synchronized void succeededWithRecord(Class<?> type, @Nullable Object[] parts, byte[] example, long nanos) {
        values.addRecord(type, parts, example);
        count(nanos);
    }

    /** An item went into the value of those before it. */
    synchronized void combined(long nanos) {
        if (combining++ > 0) {
            values.addNothing();
        }
        count(nanos);
    }

    /** The value of all that were combined since it was asked for last. */
    synchronized void combinedTo(byte[] value) {
        values.addEncoded(value);
        combining = 0;
    }

    /** They have no value, each of them. */
    synchronized void combinedToNothing(RemoteFailure failure) {
        values.addNothing();
        failures = failures.isEmpty() ? new ArrayList<>() : failures;
        for (int item = count - combining; item < count; item++) {
            failures.add(new ItemFailure(item, failure));
        }
        combining = 0;
    }

    synchronized void failed(RemoteFailure failure, long nanos) {
        failures = failures.isEmpty() ? new ArrayList<>() : failures;
        failures.add(new ItemFailure(count, failure));
        values.addNothing();
        count(nanos);
    }

    private void count(long nanos) {
        if (hasOutput()) {
            News text = takeOutput(true);
            printed = printed.isEmpty() ? new ArrayList<>() : printed;
            printed.add(new ItemText(count, text));
        }
        if (count == ranNanos.length) {
            ranNanos = Arrays.copyOf(ranNanos, Math.min(items, 2 * count));
        }
        ranNanos[count++] = nanos;
    }

    /** No further item is run: what has ended and was not taken yet. The slot's thread. */
    synchronized Outcome finish() {
        arguments = null;
        Outcome outcome = take();
        last = outcome;
        return outcome;
    }

    @Override
    synchronized void letGo() {
        Outcome told = last;
        last = told == null
                ? null
                : new Outcome(
                        told.task(), new Outcome.Cancelled(), told.startedMillis(), told.ranNanos(), News.NOTHING);
    }

    private Outcome take() {
        float[] times = count == ranNanos.length ? ranNanos : Arrays.copyOf(ranNanos, count);
        long sum = 0;
        for (float time : times) {
            sum += (long) time;
        }
        Outcome outcome = new Outcome(
                id() + taken,
                new Outcome.Items(count, values.toBytes(), times, failures, printed),
                startedMillis,
                sum,
                News.NOTHING);
        taken += count;
        count = 0;
        values = new ItemBlock.Writer(64);
        ranNanos = new float[16];
        failures = List.of();
        printed = List.of();
        return outcome;
    }

    private Outcome cancelledWhole() {
        return new Outcome(id(), new Outcome.Cancelled(), startedMillis, 0, News.NOTHING);
    }

    @Override
    void answer(AcceptedFrame.Answer answer, boolean mayHandBack) {
        if (!answerInParts(answer, mayHandBack)) {
            super.answer(answer, mayHandBack);
        }
    }

    /** False, and nothing is said, if all of it shares one fate. */
    private boolean answerInParts(AcceptedFrame.Answer answer, boolean mayHandBack) {
        long goesOn;
        synchronized (this) {
            if (!isRunning()) {
                return false;
            }
            if (last != null) {
                // The slot is about to say so. What a cancelled chunk has not begun ends with it.
                answer.ended.add(taken < items ? cancelledWhole() : last);
                return true;
            }
            if (!mayHandBack) {
                return false;
            }
            if (count > 0 && !combines) {
                answer.ended.add(take());
            }
            if (taken >= limit) {
                return true;
            }
            if (taken + count + 1 < limit) {
                limit = taken + count + 1;
                answer.handedBack.add(id() + limit);
            }
            goesOn = goesLate();
            answer.late.add(goesOn);
        }
        // Under the id that was told, though the chunk may have ended meanwhile.
        frame.client().goesOn(this, goesOn);
        return true;
    }
}
