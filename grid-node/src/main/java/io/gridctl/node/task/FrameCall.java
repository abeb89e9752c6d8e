package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A frame: one function and the tasks that call it, for one engine. */
public final class FrameCall extends DeskCall {
    /** How long the frame of a direct call may wait for its tasks before it is answered, unless it is to be at once. */
    public static final int LEAST_BUDGET_MILLIS = 5;

    private static final byte[] NO_BYTES = {};

    private UUID client = new UUID(0, 0);
    private long frame;
    private long[] acknowledged = {};
    private CodePack code = new CodePack("", 0, List.of());
    private CallShape shape = CallShape.CALLABLE;
    private FunctionPack function = FunctionPack.unshared(new byte[0]);
    private List<TaskCall> tasks = List.of();
    private int budgetMillis;
    private boolean handBack;
    private long order;
    private Limits limits = Limits.NONE;
    private int depth;

    /**
     * How long each task may take.
     *
     * @param runMillis from its start, 0 for no limit
     * @param quietMillis from its start or its last word of progress, 0 for no limit
     */
    public record Limits(long runMillis, long quietMillis) {
        /** No limits. */
        public static final Limits NONE = new Limits(0, 0);

        /**
         * Whether anything is limited.
         *
         * @return true if nothing is
         */
        public boolean areNone() {
            return runMillis == 0 && quietMillis == 0;
        }
    }

    /**
     * One task, or several that run one after the other.
     *
     * @param id unique for the client; of several the first one's, and the others follow
     * @param items how many tasks these are, with a block of arguments; 0 for a single one
     * @param argument the argument's bytes, empty where the shape has none, or where it goes by the host's memory
     * @param place where it is there, null if it is not
     */
    public record TaskCall(
            long id, int items, byte[] argument, @Nullable Place place) {
        /**
         * A single task.
         *
         * @param id unique for the client
         * @param argument the argument's bytes, empty where the shape has none
         */
        public TaskCall(long id, byte[] argument) {
            this(id, 0, argument);
        }

        /**
         * With the argument at hand.
         *
         * @param id unique for the client
         * @param items how many tasks these are, with a block of arguments; 0 for a single one
         * @param argument the argument's bytes
         */
        public TaskCall(long id, int items, byte[] argument) {
            this(id, items, argument, null);
        }

        /**
         * With the argument elsewhere.
         *
         * @param id unique for the client
         * @param items how many tasks these are, with a block of arguments; 0 for a single one
         * @param place where the argument is, or will be
         */
        public TaskCall(long id, int items, Place place) {
            this(id, items, NO_BYTES, place);
        }

        private void write(ObjectDataOutput out) throws IOException {
            out.writeLong(id);
            out.writeInt(items);
            out.writeByteArray(argument);
            out.writeBoolean(place != null);
            if (place != null) {
                Wire.writeUuid(out, place.exchange());
                out.writeInt(place.index());
            }
        }

        private static TaskCall read(ObjectDataInput in) throws IOException {
            return new TaskCall(
                    in.readLong(),
                    in.readInt(),
                    Wire.readBytes(in),
                    in.readBoolean() ? new Place(Wire.readUuid(in), in.readInt()) : null);
        }
    }

    /**
     * A place in the memory of a host, where a client leaves an argument and the engine the value.
     *
     * @param exchange the id of a {@link io.gridctl.node.share.Exchange}
     * @param index which of its places
     */
    public record Place(UUID exchange, int index) {}

    FrameCall() {}

    /**
     * A frame.
     *
     * @param client who sends it
     * @param frame its id, unique for the client: a frame that is sent again has the same one
     * @param acknowledged frames whose answers have arrived, which the engine may forget
     * @param code the program, and the classes that the engine lacks
     * @param shape how the function is called
     * @param function the function, or its name where the engine has it
     * @param tasks what to call it with
     * @param budgetMillis how long the answer may wait for tasks to end; 0 if it is not to wait
     * @param handBack whether tasks that have not started by then are handed back, rather than kept
     * @param order the number of this frame among those of the client to this engine that run in the order in which
     *     they were sent, from 1; 0 if it may run at any time
     * @param limits how long each task may take
     * @param depth how many tasks of this or another grid wait for these, each in the one before; 0 for a program's own
     */
    public FrameCall(
            UUID client,
            long frame,
            long[] acknowledged,
            CodePack code,
            CallShape shape,
            FunctionPack function,
            List<TaskCall> tasks,
            int budgetMillis,
            boolean handBack,
            long order,
            Limits limits,
            int depth) {
        this.client = client;
        this.frame = frame;
        this.acknowledged = acknowledged;
        this.code = code;
        this.shape = shape;
        this.function = function;
        this.tasks = tasks;
        this.budgetMillis = budgetMillis;
        this.handBack = handBack;
        this.order = order;
        this.limits = limits;
        this.depth = depth;
    }

    /** {@return who sent it} */
    public UUID client() {
        return client;
    }

    /** {@return its id, unique for the client} */
    public long frame() {
        return frame;
    }

    /** {@return frames whose answers have arrived} */
    public long[] acknowledged() {
        return acknowledged;
    }

    /** {@return the program and new classes} */
    public CodePack code() {
        return code;
    }

    /** {@return how the function is called} */
    public CallShape shape() {
        return shape;
    }

    /** {@return the function} */
    public FunctionPack function() {
        return function;
    }

    /**
     * The same frame with another form of its function.
     *
     * @param other the form
     * @return another message under the same id
     */
    public FrameCall withFunction(FunctionPack other) {
        return new FrameCall(
                client, frame, acknowledged, code, shape, other, tasks, budgetMillis, handBack, order, limits, depth);
    }

    /** {@return the tasks} */
    public List<TaskCall> tasks() {
        return tasks;
    }

    /** {@return where the arguments of all tasks are that do not come with it, if they do not} */
    public Optional<UUID> exchange() {
        Place first = tasks.isEmpty() ? null : tasks.get(0).place();
        return Optional.ofNullable(first).map(Place::exchange);
    }

    /** {@return how long the answer may wait} */
    public int budgetMillis() {
        return budgetMillis;
    }

    /** {@return whether tasks that have not started are handed back} */
    public boolean handBack() {
        return handBack;
    }

    /** {@return its number among the frames that run in order, 0 if it is none of them} */
    public long order() {
        return order;
    }

    /** {@return how long each task may take} */
    public Limits limits() {
        return limits;
    }

    /** {@return how many tasks wait for these, each in the one before} */
    public int depth() {
        return depth;
    }

    @Override
    Object at(EngineDesk desk) throws InterruptedException {
        return desk.accept(this);
    }

    /**
     * The same without waiting, if the engine can take it at once.
     *
     * @param answer is given the answer, by any thread
     * @return whether it was taken
     */
    boolean begin(Consumer<Object> answer) {
        EngineDesk desk = desk();
        try {
            return desk != null && desk.accept(this, answer::accept);
        } catch (RuntimeException e) {
            answer.accept(new Refusal(e));
            return true;
        }
    }

    @Override
    public int getClassId() {
        return WireTypes.FRAME;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, client);
        out.writeLong(frame);
        out.writeLongArray(acknowledged);
        code.write(out);
        out.writeByte(shape.ordinal());
        function.write(out);
        Wire.writeList(out, tasks, task -> task.write(out));
        out.writeInt(budgetMillis);
        out.writeBoolean(handBack);
        out.writeLong(order);
        out.writeLong(limits.runMillis());
        out.writeLong(limits.quietMillis());
        out.writeInt(depth);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
        frame = in.readLong();
        acknowledged = Wire.readLongs(in);
        code = CodePack.read(in);
        shape = CallShape.of(in.readByte());
        function = FunctionPack.read(in);
        tasks = Wire.readList(in, () -> TaskCall.read(in));
        budgetMillis = in.readInt();
        handBack = in.readBoolean();
        order = in.readLong();
        limits = new Limits(in.readLong(), in.readLong());
        depth = in.readInt();
    }
}
