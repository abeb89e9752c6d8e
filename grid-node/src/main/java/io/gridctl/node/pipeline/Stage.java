package io.gridctl.node.pipeline;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.Source;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One stage of a pipeline: tells, at the member that coordinates the job, what each member has of it. */
final class Stage implements ProcessorMetaSupplier, PipelineTypes.Typed {
    private static final long serialVersionUID = 1L;

    private Role role = Role.READ;
    private transient PipelineOrder order = new PipelineOrder();
    private transient Map<Address, UUID> members = new HashMap<>();
    private transient @Nullable PartitionShares partitions;

    /** What a stage does. */
    enum Role {
        READ,
        READ_PART,
        WORK,
        STORE,
        PUT,
        CALL
    }

    Stage() {}

    Stage(Role role, PipelineOrder order) {
        this.role = role;
        this.order = order;
    }

    @Override
    public int preferredLocalParallelism() {
        return 1;
    }

    @Override
    public void init(Context context) {
        HazelcastInstance hazelcast = context.hazelcastInstance();
        for (Member member : hazelcast.getCluster().getMembers()) {
            members.put(member.getAddress(), member.getUuid());
        }
        if (role == Role.READ && order.source() instanceof Source.MapEntries) {
            partitions = PartitionShares.of(
                    hazelcast.getPartitionService(),
                    order.shares().stream().map(PipelineOrder.Share::member).toList());
        }
    }

    @Override
    public Function<? super Address, ? extends ProcessorSupplier> get(List<Address> addresses) {
        return address -> {
            UUID member = Objects.requireNonNull(members.get(address), "a member that has just left");
            Optional<PipelineOrder.Share> share = order.share(member);
            return new EngineStage(
                    role,
                    order.only(share.stream().toList()),
                    share.orElse(null),
                    partitions == null ? new int[0] : partitions.of(member));
        };
    }

    @Override
    public int getClassId() {
        return PipelineTypes.STAGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(role.ordinal());
        out.writeObject(order);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        role = Role.values()[in.readByte()];
        order = Objects.requireNonNull(in.readObject());
        members = new HashMap<>();
    }
}
