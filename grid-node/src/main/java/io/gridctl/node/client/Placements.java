package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.DependencyException;
import io.gridctl.EngineInfo;
import io.gridctl.EngineLoad;
import io.gridctl.NoEnginesException;
import io.gridctl.Task;
import io.gridctl.node.balance.Placement;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the calls of a view may run. */
final class Placements {
    private Placements() {}

    /** Engines for which a condition holds, as this client knows them. */
    private record Where(Predicate<EngineInfo> condition, Function<Integer, @Nullable EngineInfo> engines)
            implements Placement {
        @Override
        public boolean allows(EngineLoad engine) {
            EngineInfo info = engines.apply(engine.engineId());
            return info != null && condition.test(info);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Where where && condition.equals(where.condition);
        }

        @Override
        public int hashCode() {
            return condition.hashCode();
        }
    }

    /** One engine, in whatever incarnation. */
    private record Only(int engineId) implements Placement {
        @Override
        public boolean allows(EngineLoad engine) {
            return engine.engineId() == engineId;
        }
    }

    static Placement where(Predicate<EngineInfo> condition, Function<Integer, @Nullable EngineInfo> engines) {
        return new Where(condition, engines);
    }

    /**
     * The engine on which these have run.
     *
     * @throws DependencyException if there is no such engine
     */
    static Placement follow(List<AsyncResult<?>> results, Balancer balancer, @Nullable Predicate<EngineInfo> where) {
        TreeSet<Integer> engines = new TreeSet<>();
        for (AsyncResult<?> result : results) {
            Task task = result.tasks().get(0);
            engines.add(task.engineId()
                    .orElseThrow(() -> new DependencyException(
                            "task " + task.id() + " has run on no engine, so no call can follow it")));
        }
        if (engines.size() > 1) {
            throw new DependencyException(
                    "a call cannot follow tasks that ran on different engines: " + engines + "; follow one of them");
        }
        int id = engines.first();
        EngineInfo engine = balancer.engine(id);
        if (engine == null) {
            throw new NoEnginesException(
                    "engine " + id + ", which the call is to follow, is not ready; wait for it with"
                            + " Grid.awaitEngines, or see `gridctl status`");
        }
        if (where != null && !where.test(engine)) {
            throw new DependencyException(
                    "the call is to follow to engine " + id + ", which this view's condition excludes");
        }
        return new Only(id);
    }
}
