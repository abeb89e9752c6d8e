package io.gridctl.node.client;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.gridctl.EngineInfo;
import io.gridctl.EngineState;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.task.EngineRecord;
import io.gridctl.node.task.GridObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines as this client knows them: who fills an id is the word of the map of engines, whether that engine lives
 * is the word of the membership. Changes are told after they can be seen.
 */
final class EngineDirectory {
    private static final Logger log = LoggerFactory.getLogger(EngineDirectory.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LAST_PAUSE_MILLIS = 1_000;

    private final HazelcastInstance hazelcast;
    private final IMap<Integer, EngineRecord> map;
    private final Function<EngineRef, EngineLink> linker;
    private final Watcher watcher;
    private final Timer timer;
    private final Executor readers;
    private final Map<Integer, EngineRecord> records = new HashMap<>();
    private final TreeMap<Integer, EngineLink> links = new TreeMap<>();
    private boolean closed;
    private boolean readsAgain;
    private long pause;

    /** How something is done after so many milliseconds. */
    interface Timer {
        void later(Runnable what, long millis);
    }

    /** Is told of engines that come and go. */
    interface Watcher {
        void up(EngineLink link);

        void down(EngineLink link);
    }

    EngineDirectory(
            HazelcastInstance hazelcast,
            Function<EngineRef, EngineLink> linker,
            Watcher watcher,
            Timer timer,
            Executor readers) {
        this.timer = timer;
        this.readers = readers;
        this.hazelcast = hazelcast;
        this.linker = linker;
        this.watcher = watcher;
        map = hazelcast.getMap(GridObjects.ENGINES);
    }

    /** Listens first and reads then, so that nothing falls in between. */
    void open() {
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                refresh();
                readAgain();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                refresh();
            }
        });
        map.addEntryListener(new RecordListener(), true);
        map.forEach(this::record);
        refresh();
        readAgain();
    }

    /**
     * A record is told of by the member that holds it. One that has just joined may hold one before this client has
     * connected to it and can be told: so the map is read, in growing pauses, until there is an engine for each member.
     */
    private void readAgain() {
        synchronized (this) {
            pause = FIRST_PAUSE_MILLIS;
            if (readsAgain || closed) {
                return;
            }
            readsAgain = true;
        }
        readLater(FIRST_PAUSE_MILLIS);
    }

    private void readLater(long millis) {
        timer.later(() -> readers.execute(this::readNow), millis);
    }

    private void readNow() {
        boolean unknown = true;
        try {
            map.forEach(this::record);
            refresh();
            unknown = isAnyMemberUnknown();
        } catch (HazelcastException | IllegalStateException unreachable) {
            log.debug("the list of engines could not be read", unreachable);
        }
        long next;
        synchronized (this) {
            pause = Math.min(2 * pause, LAST_PAUSE_MILLIS);
            next = pause;
            readsAgain = !closed && (next < LAST_PAUSE_MILLIS || unknown);
            if (!readsAgain) {
                return;
            }
        }
        readLater(next);
    }

    private boolean isAnyMemberUnknown() {
        Set<UUID> known = new HashSet<>();
        ready().forEach(link -> known.add(link.engine().member().getUuid()));
        return hazelcast.getCluster().getMembers().stream()
                .anyMatch(member -> !HazelcastSettings.isAnchor(member) && !known.contains(member.getUuid()));
    }

    private final class RecordListener
            implements EntryAddedListener<Integer, EngineRecord>,
                    EntryUpdatedListener<Integer, EngineRecord>,
                    EntryRemovedListener<Integer, EngineRecord> {
        @Override
        public void entryAdded(EntryEvent<Integer, EngineRecord> event) {
            record(event.getKey(), event.getValue());
            refresh();
        }

        @Override
        public void entryUpdated(EntryEvent<Integer, EngineRecord> event) {
            entryAdded(event);
        }

        @Override
        public void entryRemoved(EntryEvent<Integer, EngineRecord> event) {
            synchronized (EngineDirectory.this) {
                records.remove(event.getKey());
            }
            refresh();
        }
    }

    private synchronized void record(int id, EngineRecord record) {
        records.merge(id, record, (present, other) -> isOlder(other.info(), present.info()) ? present : other);
    }

    /** What was read of the map may be older than what a listener was told meanwhile; states only go forward. */
    private static boolean isOlder(EngineInfo one, EngineInfo other) {
        return one.incarnation() != other.incarnation()
                ? one.incarnation() < other.incarnation()
                : one.state().compareTo(other.state()) < 0;
    }

    /** Brings the links in line with the records and the members. */
    private void refresh() {
        List<EngineLink> gone = new ArrayList<>();
        List<EngineLink> come = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            Map<UUID, Member> members = new HashMap<>();
            hazelcast.getCluster().getMembers().forEach(member -> members.put(member.getUuid(), member));
            links.values().removeIf(link -> {
                EngineRecord record = records.get(link.engineId());
                boolean stays = record != null
                        && record.member().equals(link.engine().member().getUuid())
                        && record.info().state() == EngineState.READY
                        && members.containsKey(record.member());
                if (!stays) {
                    gone.add(link);
                }
                return !stays;
            });
            records.forEach((id, record) -> {
                Member member = members.get(record.member());
                if (member != null && record.info().state() == EngineState.READY && !links.containsKey(id)) {
                    EngineLink link = linker.apply(new EngineRef(record.info(), member));
                    links.put(id, link);
                    come.add(link);
                }
            });
            notifyAll();
        }
        gone.forEach(watcher::down);
        come.forEach(watcher::up);
    }

    /** The engines that are ready, by id. */
    synchronized List<EngineLink> ready() {
        return List.copyOf(links.values());
    }

    synchronized Optional<EngineLink> ready(int id) {
        return Optional.ofNullable(links.get(id));
    }

    /** Everybody who fills an id or did so last. */
    synchronized List<EngineInfo> known() {
        return new TreeMap<>(records)
                .values().stream()
                        .map(record -> {
                            EngineInfo info = record.info();
                            return links.containsKey(info.id()) || info.state() != EngineState.READY
                                    ? info
                                    : new EngineInfo(
                                            info.id(),
                                            info.incarnation(),
                                            EngineState.LOST,
                                            info.host(),
                                            info.pid(),
                                            info.slots(),
                                            info.tags());
                        })
                        .toList();
    }

    /** Waits until so many engines are ready, or this is closed; false if they are not in time. */
    synchronized boolean await(int count, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        while (!closed && links.size() < count) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** The listeners end with the client, which may have ended already. */
    void close() {
        List<EngineLink> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(links.values());
            links.clear();
            notifyAll();
        }
        open.forEach(watcher::down);
    }
}
