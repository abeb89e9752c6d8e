package io.gridctl.node.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.core.processor.Processors;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.Source;
import io.gridctl.node.task.EngineDesk;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one member has of a stage: a processor that does an engine's share, or idle ones. */
final class EngineStage implements ProcessorSupplier, PipelineTypes.Typed {
    private static final long serialVersionUID = 1L;

    private Stage.Role role = Stage.Role.READ;
    private transient PipelineOrder order = new PipelineOrder();
    private transient PipelineOrder.@Nullable Share share;
    private transient int[] partitions = {};
    private transient @Nullable HazelcastInstance hazelcast;

    EngineStage() {}

    EngineStage(Stage.Role role, PipelineOrder order, PipelineOrder.@Nullable Share share, int[] partitions) {
        this.role = role;
        this.order = order;
        this.share = share;
        this.partitions = partitions;
    }

    @Override
    public void init(Context context) {
        hazelcast = context.hazelcastInstance();
    }

    @Override
    public Collection<? extends Processor> get(int count) {
        List<Processor> processors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            processors.add(share == null ? Processors.noopP().get() : processor(share));
        }
        return processors;
    }

    private Processor processor(PipelineOrder.Share mine) {
        HazelcastInstance member = Objects.requireNonNull(hazelcast, "not initialized");
        LargeValues values = LargeValues.of(member);
        Reporter reporter = new Reporter(
                member.getMap(GridObjects.PIPELINE),
                PipelineReport.key(order.id(), mine.engineId(), role.name()),
                order.client());
        ClientPresence client = ClientPresence.of(order.client(), member);
        return switch (role) {
            case READ -> new ReadStage(source(member, mine), reporter, client);
            case READ_PART ->
                new ReadStage(new PartSlices(member, values, order.name(), mine.parts()), reporter, client);
            case WORK ->
                new SlotStage(
                        (EngineDesk) Objects.requireNonNull(
                                member.getUserContext().get(EngineDesk.CONTEXT_KEY), "not an engine"),
                        Objects.requireNonNull(mine.work(), "nothing to work with"),
                        reporter,
                        client);
            case STORE -> new SinkStage(new StoreSink(values.writer(), reporter), reporter, client);
            case CALL -> new CallStage(Objects.requireNonNull(mine.work(), "nothing to call"), member, reporter);
            case PUT ->
                new SinkStage(
                        new MapSink(member.getMap(((Source.MapEntries) order.source()).name()), order.name()),
                        reporter,
                        client);
        };
    }

    private SliceSource source(HazelcastInstance member, PipelineOrder.Share mine) {
        if (order.source() instanceof Source.MapEntries map) {
            return new MapSlices(member, map.name(), partitions);
        }
        return new FileSlices((Source.Files) order.source(), mine.index(), mine.count(), mine.work() != null);
    }

    @Override
    public int getClassId() {
        return PipelineTypes.ENGINE_STAGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(role.ordinal());
        out.writeObject(order);
        out.writeInt(share == null ? -1 : order.shares().indexOf(share));
        out.writeIntArray(partitions);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        role = Stage.Role.values()[in.readByte()];
        order = Objects.requireNonNull(in.readObject());
        int index = in.readInt();
        share = index < 0 ? null : order.shares().get(index);
        partitions = Objects.requireNonNull(in.readIntArray());
    }
}
