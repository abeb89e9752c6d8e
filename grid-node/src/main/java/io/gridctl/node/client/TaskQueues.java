package io.gridctl.node.client;

import io.gridctl.node.balance.Dispatcher;
import io.gridctl.node.balance.Job;
import io.gridctl.node.balance.JobRules;
import java.util.LinkedHashMap;
import java.util.Map;

/** The queues of single tasks, by function; those that were used last are remembered. */
final class TaskQueues {
    private static final int MOST = 64;

    private final Dispatcher<Parcel> dispatcher;
    private final Map<TaskQueue.Key, Open> open = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskQueue.Key, Open> eldest) {
            // What it holds stays with the dispatcher.
            return size() > MOST;
        }
    };

    private record Open(TaskQueue queue, Job<Parcel> job) {}

    TaskQueues(Dispatcher<Parcel> dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Puts a task behind those of the same function. */
    void add(Parcel task, JobRules rules) {
        Open queue = find(task.spec(), rules);
        if (queue.queue().add(task)) {
            dispatcher.refilled(queue.job());
        }
    }

    private Open find(CallSpec spec, JobRules rules) {
        TaskQueue.Key key = TaskQueue.Key.of(spec, rules);
        synchronized (open) {
            Open known = open.get(key);
            if (known == null) {
                known = begin(rules);
                open.put(key, known);
            }
            return known;
        }
    }

    private Open begin(JobRules rules) {
        TaskQueue queue = new TaskQueue();
        return new Open(queue, dispatcher.submit(queue, rules));
    }
}
