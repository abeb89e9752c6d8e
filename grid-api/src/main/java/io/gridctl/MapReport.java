package io.gridctl;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a map cost and where its time went. Times of items are by the engines' clocks, waiting and transfer by both
 * machines' clocks, so between hosts they are as good as those agree.
 *
 * @param items how many parts have ended
 * @param wall the time from submission to the last outcome
 * @param work the time that the parts' code ran, summed
 * @param efficiency the share of the used engines' time that was work: work over wall and their slots, from 0
 * @param waiting how long a part waited until it began, on average
 * @param transfer how long it took from a part's end until its value was here, on average
 * @param slowest the five parts that ran longest, longest first; fewer if there are fewer
 */
public record MapReport(
        int items,
        Duration wall,
        Duration work,
        double efficiency,
        Duration waiting,
        Duration transfer,
        List<Task> slowest) {
    private static final int SLOWEST = 5;

    /** Copies the list. */
    public MapReport {
        slowest = List.copyOf(slowest);
    }

    /**
     * Sums up.
     *
     * @param tasks the parts
     * @param wall the time from submission to the last outcome
     * @param slots of the engines that ran them
     * @return a report of those that have ended
     */
    public static MapReport of(List<Task> tasks, Duration wall, int slots) {
        List<Task> ended =
                tasks.stream().filter(task -> task.started().isPresent()).toList();
        long work = 0;
        long waited = 0;
        long transferred = 0;
        for (Task task : ended) {
            work += task.ran().toNanos();
            waited += task.started()
                    .map(start -> Duration.between(task.submitted(), start).toNanos())
                    .orElse(0L);
            transferred += task.received()
                    .flatMap(here ->
                            task.ended().map(end -> Duration.between(end, here).toNanos()))
                    .orElse(0L);
        }
        int count = Math.max(1, ended.size());
        double available = (double) wall.toNanos() * Math.max(1, slots);
        return new MapReport(
                ended.size(),
                wall,
                Duration.ofNanos(work),
                available == 0 ? 0 : work / available,
                Duration.ofNanos(Math.max(0, waited / count)),
                Duration.ofNanos(Math.max(0, transferred / count)),
                ended.stream()
                        .sorted(Comparator.comparing(Task::ran).reversed())
                        .limit(SLOWEST)
                        .toList());
    }

    /**
     * All of it in one line.
     *
     * @return for a log or a terminal
     */
    public String line() {
        String slow = slowest.stream()
                .map(task -> task.id() + " " + seconds(task.ran()) + " s")
                .reduce((one, other) -> one + ", " + other)
                .orElse("none");
        return String.format(
                Locale.ROOT,
                "%d items in %s s, work %s s, efficiency %.0f %%, waiting %s s, transfer %s s, slowest: %s",
                items,
                seconds(wall),
                seconds(work),
                100 * efficiency,
                seconds(waiting),
                seconds(transfer),
                slow);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
