package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import io.gridctl.node.share.HostMemory;

/** The memory that a member shares with others of its host; one for all that the member does. */
public final class MemberMemory {
    private static final String CONTEXT_KEY = HostMemory.class.getName();

    private MemberMemory() {}

    /**
     * A member's memory.
     *
     * @param member the member
     * @return its memory, which it closes when it leaves
     */
    public static HostMemory of(HazelcastInstance member) {
        return (HostMemory) member.getUserContext()
                .computeIfAbsent(
                        CONTEXT_KEY, key -> HostMemory.of(member.getConfig().getClusterName()));
    }
}
