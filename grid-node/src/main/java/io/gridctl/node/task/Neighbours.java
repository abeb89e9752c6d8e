package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.recordstore.RecordStore;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.wan.impl.CallerProvenance;

/**
 * The pieces that lie in one partition with the piece to which an entry processor was sent. Hazelcast's own way to change
 * several entries at once does not wait for the copy that stands by, and {@code grid.blob} may lose nothing; so the
 * processor changes the others itself, where it belongs and, run again there, in the copy. For the partition's thread.
 *
 * <p>Internal API of Hazelcast's, so its version is pinned.
 */
final class Neighbours {
    private static final long UNSET = -1;

    private final NodeEngine engine;
    private final RecordStore<?> entries;
    private final boolean standsBy;

    /**
     * What lies beside a piece.
     *
     * @param member the member that holds it
     * @param piece any of them
     * @param standsBy whether it is the copy that the member holds
     */
    Neighbours(HazelcastInstance member, BlobKey piece, boolean standsBy) {
        this.standsBy = standsBy;
        engine = Util.getNodeEngine(member);
        MapService maps = engine.getService(MapService.SERVICE_NAME);
        int partition = engine.getPartitionService().getPartitionId(engine.toData(piece));
        entries = maps.getMapServiceContext().getPartitionContainer(partition).getRecordStore(GridObjects.BLOB);
    }

    void set(BlobKey piece, Data content) {
        Data key = engine.toData(piece);
        if (standsBy) {
            entries.putBackupForEntryProcessor(key, content, true, UNSET, UNSET, UNSET, CallerProvenance.NOT_WAN);
        } else {
            entries.setWithUncountedAccess(key, content, true, UNSET, UNSET);
        }
    }

    void remove(BlobKey piece) {
        Data key = engine.toData(piece);
        if (standsBy) {
            entries.removeBackup(key, CallerProvenance.NOT_WAN);
        } else {
            entries.delete(key, CallerProvenance.NOT_WAN);
        }
    }
}
