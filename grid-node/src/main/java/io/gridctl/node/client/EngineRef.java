package io.gridctl.node.client;

import com.hazelcast.cluster.Member;
import io.gridctl.EngineInfo;

/** One incarnation of an engine and the member it is. */
record EngineRef(EngineInfo info, Member member) {
    int id() {
        return info.id();
    }

    int incarnation() {
        return info.incarnation();
    }
}
