package io.gridctl.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.partition.PartitionService;
import io.gridctl.node.HazelcastSettings.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FirstArrangementTest {
    private final List<HazelcastInstance> members = new ArrayList<>();
    private NodeSettings settings =
            new NodeSettings("test", UUID.randomUUID().toString(), List.of(), NodeSettings.LOOPBACK);

    @AfterEach
    void end() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    @Test
    void standsWhenAllHadJoinedBeforeDataWasSpread() {
        join(Side.ANCHOR);
        join(Side.ENGINES);
        join(Side.ENGINES);

        spread();

        for (HazelcastInstance member : members) {
            Awaitility.await().until(() -> FirstArrangement.of(member).stands());
            Awaitility.await().until(() -> FirstArrangement.of(member).isSettled());
        }
    }

    @Test
    void standsWithEveryCopyComplete() {
        join(Side.ANCHOR);
        HazelcastInstance engine = join(Side.ENGINES);
        spread();
        Awaitility.await().until(() -> FirstArrangement.of(engine).stands());

        for (int key = 0; key < 1_000; key++) {
            engine.getMap("grid.engines").set(key, "value");
        }

        assertThat(FirstArrangement.of(engine).stands()).isTrue();
        assertThat(members)
                .allSatisfy(member -> assertThat(member.getPartitionService().isLocalMemberSafe())
                        .isTrue());
    }

    @Test
    void doesNotStandBeforeDataIsSpread() {
        HazelcastInstance anchor = join(Side.ANCHOR);

        assertThat(FirstArrangement.of(anchor).stands()).isFalse();
    }

    @Test
    void doesNotStandForAnEngineThatComesLater() {
        join(Side.ANCHOR);
        join(Side.ENGINES);
        spread();

        HazelcastInstance later = join(Side.ENGINES);

        Awaitility.await().until(() -> owns(later));
        assertThat(FirstArrangement.of(later).stands()).isFalse();
    }

    @Test
    void doesNotStandForTheFirstEngineOfAnAnchorThatHeldAll() {
        HazelcastInstance anchor = join(Side.ANCHOR);
        spread();
        assertThat(FirstArrangement.of(anchor).stands()).isTrue();

        HazelcastInstance engine = join(Side.ENGINES);

        Awaitility.await().until(() -> owns(engine));
        assertThat(FirstArrangement.of(engine).stands()).isFalse();
    }

    @Test
    void doesNotStandWhenAnEngineIsLost() {
        HazelcastInstance anchor = join(Side.ANCHOR);
        HazelcastInstance engine = join(Side.ENGINES);
        HazelcastInstance lost = join(Side.ENGINES);
        spread();
        Awaitility.await().until(() -> FirstArrangement.of(engine).stands());

        lost.getLifecycleService().terminate();

        Awaitility.await().until(() -> !FirstArrangement.of(engine).stands());
        Awaitility.await().until(() -> !FirstArrangement.of(anchor).stands());
    }

    private HazelcastInstance join(Side side) {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(HazelcastSettings.member(settings, side));
        if (members.isEmpty()) {
            var address = member.getCluster().getLocalMember().getAddress();
            settings = settings.withSeeds(List.of(address.getHost() + ":" + address.getPort()));
        }
        members.add(member);
        return member;
    }

    /** Data is spread when somebody first asks where it is. */
    private void spread() {
        PartitionService partitions = members.get(0).getPartitionService();
        assertThat(partitions.getPartition("any").getOwner()).isNotNull();
    }

    private static boolean owns(HazelcastInstance member) {
        InternalPartitionService partitions = Util.getNodeEngine(member).getPartitionService();
        return !partitions
                .getMemberPartitions(member.getCluster().getLocalMember().getAddress())
                .isEmpty();
    }
}
