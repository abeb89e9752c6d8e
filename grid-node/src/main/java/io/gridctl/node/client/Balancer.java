package io.gridctl.node.client;

import io.gridctl.EngineInfo;
import io.gridctl.GridClosedException;
import io.gridctl.NoEnginesException;
import io.gridctl.WaitingTimeoutException;
import io.gridctl.node.balance.Dispatcher;
import io.gridctl.node.balance.JobRules;
import io.gridctl.node.balance.Placement;
import io.gridctl.node.balance.Splitter.Halves;
import io.gridctl.node.balance.WorkSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The dispatcher of one connection, fed with what its links report. */
final class Balancer implements FrameOwner, EngineDirectory.Watcher, Heartbeats.Told {
    private final Dispatcher<Parcel> dispatcher = new Dispatcher<>(System::nanoTime, Balancer::split);
    private final TaskQueues queues = new TaskQueues(dispatcher);
    private final Map<CallResult<?>, JobRules> rulesOfRetries = new ConcurrentHashMap<>();
    private final Map<Integer, EngineInfo> engines = new ConcurrentHashMap<>();
    private final Next next;
    private final Timer timer;
    private final Heartbeats heartbeats;

    /** Does something later, unless the connection is closed by then. */
    interface Timer {
        void later(Runnable what, long millis);
    }

    /** Who is told after this. */
    interface Next extends EngineDirectory.Watcher, Heartbeats.Told {}

    Balancer(Next next, Timer timer) {
        this.next = next;
        this.timer = timer;
        heartbeats = new Heartbeats(timer, System::nanoTime, this);
    }

    private static Halves<Parcel> split(Parcel parcel, int units) {
        return new Halves<>(parcel.part(0, units), parcel.part(units, parcel.units()));
    }

    /** The engine of that id, if it takes work. */
    @Nullable
    EngineInfo engine(int id) {
        return engines.get(id);
    }

    /** Where calls of a view with this condition may run; fails if no engine that is ready will do. */
    Placement placement(@Nullable Predicate<EngineInfo> where) {
        if (where == null) {
            return Placement.anywhere();
        }
        if (!engines.isEmpty() && engines.values().stream().noneMatch(where)) {
            throw new NoEnginesException("the view's condition holds for none of the " + engines.size()
                    + " engines that are ready; see `gridctl status` for their tags");
        }
        return Placements.where(where, engines::get);
    }

    /** Takes the single task of a call. */
    void submit(PartsResult<?> call, JobRules rules) {
        JobRules deep = rules.withDepth(call.spec().depth());
        begin(call, deep);
        try {
            queues.add(call.parts().get(0), deep);
        } catch (IllegalStateException closed) {
            throw closed(closed);
        }
    }

    /** Takes the items of a map. */
    void submitMap(ItemTraffic<?> call, JobRules rules) {
        JobRules deep = rules.withDepth(call.spec().depth());
        begin(call, deep);
        try {
            dispatcher.submit(new ItemSource(call), deep);
        } catch (IllegalStateException closed) {
            throw closed(closed);
        }
    }

    private static GridClosedException closed(IllegalStateException closed) {
        return new GridClosedException("the grid object was closed before the call could be sent", closed);
    }

    private void begin(CallResult<?> call, JobRules rules) {
        if (engines.isEmpty()) {
            throw new NoEnginesException(
                    "no engine is ready; wait for some with Grid.awaitEngines, or see `gridctl status`");
        }
        heartbeats.begin();
        if (!call.context().policy().retries().isNone()) {
            rulesOfRetries.put(call, rules);
            call.whenEnded(() -> rulesOfRetries.remove(call));
        }
        limitWaiting(call);
    }

    private void limitWaiting(CallResult<?> call) {
        Duration limit = call.context().policy().waiting();
        if (!limit.isZero()) {
            timer.later(
                    () -> {
                        call.failWaiting(new WaitingTimeoutException(
                                "no engine had room within the " + limit.toMillis()
                                        + " ms that the task was allowed to wait; start more engines or allow more",
                                limit));
                        dispatcher.cancelled();
                    },
                    limit.toMillis());
        }
    }

    @Override
    public void up(EngineLink link) {
        engines.put(link.engineId(), link.engine().info());
        dispatcher.join(link);
        heartbeats.up(link);
        next.up(link);
    }

    /** The link tells what it has lost in its turn. */
    @Override
    public void down(EngineLink link) {
        engines.remove(link.engineId(), link.engine().info());
        heartbeats.down(link);
        next.down(link);
    }

    /** What it holds may still end; if it is lost instead, that runs elsewhere. */
    @Override
    public void silent(EngineLink link) {
        dispatcher.drain(link);
        next.silent(link);
    }

    @Override
    public void answers(EngineLink link) {
        dispatcher.join(link);
        next.answers(link);
    }

    @Override
    public void split(EngineLink link, Parcel whole, List<Parcel> parts) {
        dispatcher.split(link, whole, parts);
    }

    @Override
    public void answered(EngineLink link, List<Ended> ended, List<Parcel> handedBack, List<Parcel> late) {
        List<Parcel> parcels = new ArrayList<>(ended.size());
        long[] ran = new long[ended.size()];
        for (int i = 0; i < ran.length; i++) {
            parcels.add(ended.get(i).parcel());
            ran[i] = ended.get(i).ranNanos();
        }
        dispatcher.answered(link, parcels, ran, handedBack, late);
        handedBack.forEach(parcel -> limitWaiting(parcel.call()));
    }

    /** Elsewhere first, each by itself. */
    @Override
    public void again(List<Parcel> failed) {
        for (Parcel parcel : failed) {
            CallResult<?> call = parcel.call();
            JobRules rules = rulesOfRetries.getOrDefault(call, JobRules.defaults());
            List<Integer> failedOn = parcel.failedOn();
            Placement elsewhere = rules.placement().avoiding(new HashSet<>(failedOn));
            Runnable submit = () -> {
                try {
                    dispatcher.submit(WorkSource.of(List.of(parcel)), rules.withPlacement(elsewhere));
                } catch (IllegalStateException closed) {
                    parcel.failed(closed(closed));
                }
            };
            limitWaiting(call);
            long delay = call.context().policy().retries().delayMillis(failedOn.size());
            if (delay == 0) {
                submit.run();
            } else {
                timer.later(submit, delay);
            }
        }
    }

    @Override
    public void lends(EngineLink link, Parcel task, boolean lent) {
        dispatcher.lends(link, task, lent);
    }

    /** First the parcels learn that they wait again, and only then may the dispatcher send them elsewhere. */
    @Override
    public void lost(EngineLink link, List<Parcel> unanswered) {
        unanswered.forEach(Parcel::waitsAgain);
        dispatcher.leave(link);
    }

    void cancelled() {
        dispatcher.cancelled();
    }

    /** Sends nothing more. */
    void close() {
        dispatcher.close();
    }
}
