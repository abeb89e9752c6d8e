package io.gridctl.node.payload;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types whose objects belong to one process and so are never sent. They are known by name, because not every program
 * has all of them on its class path.
 */
final class Refusals {
    private static final String OPEN_INSIDE = "; open it inside the task instead.";
    private static final Map<String, String> REASONS = reasons();

    private static final ClassValue<Optional<String>> REFUSED = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return Optional.ofNullable(find(type, new HashSet<>()));
        }
    };

    private Refusals() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        String thread = "A thread belongs to this process; start it inside the task instead.";
        reasons.put("java.lang.Thread", thread);
        reasons.put("java.lang.ThreadGroup", thread);
        reasons.put(
                "java.lang.ThreadLocal",
                "A thread-local belongs to this process's threads; make it static, or create it inside the task.");
        String socket = "A socket belongs to this process" + OPEN_INSIDE;
        reasons.put("java.net.Socket", socket);
        reasons.put("java.net.ServerSocket", socket);
        reasons.put("java.net.DatagramSocket", socket);
        reasons.put("java.nio.channels.Channel", "A channel belongs to this process" + OPEN_INSIDE);
        reasons.put("java.nio.channels.Selector", "A selector belongs to this process" + OPEN_INSIDE);
        String stream = "An open stream belongs to this process; open it inside the task, or send its content.";
        reasons.put("java.io.InputStream", stream);
        reasons.put("java.io.OutputStream", stream);
        reasons.put("java.io.Reader", stream);
        reasons.put("java.io.Writer", stream);
        reasons.put("java.io.RandomAccessFile", stream);
        reasons.put("java.io.Console", stream);
        reasons.put("java.util.Scanner", stream);
        reasons.put("java.util.zip.ZipFile", stream);
        reasons.put("java.nio.file.DirectoryStream", stream);
        reasons.put("java.nio.file.WatchService", stream);
        String lock =
                "A lock has no meaning in another process; make the field transient, or create it inside the task.";
        reasons.put("java.util.concurrent.locks.Lock", lock);
        reasons.put("java.util.concurrent.locks.ReadWriteLock", lock);
        reasons.put("java.util.concurrent.locks.StampedLock", lock);
        reasons.put("java.util.concurrent.locks.Condition", lock);
        reasons.put("java.util.concurrent.locks.AbstractOwnableSynchronizer", lock);
        reasons.put("java.util.concurrent.Semaphore", lock);
        reasons.put("java.util.concurrent.CountDownLatch", lock);
        reasons.put("java.util.concurrent.CyclicBarrier", lock);
        reasons.put("java.util.concurrent.Phaser", lock);
        reasons.put("java.util.concurrent.Exchanger", lock);
        String executor = "An executor's threads belong to this process; create it inside the task instead.";
        reasons.put("java.util.concurrent.Executor", executor);
        reasons.put("java.util.Timer", executor);
        reasons.put("java.util.concurrent.Future", "A future is completed in this process; send its value instead.");
        reasons.put(
                "java.util.concurrent.CompletionStage",
                "A future is completed in this process; send its value instead.");
        reasons.put(
                "java.lang.ClassLoader",
                "A class loader belongs to this process; the classes that the function uses travel by themselves.");
        reasons.put("java.lang.Process", "A process handle belongs to this process" + OPEN_INSIDE);
        reasons.put("java.lang.ProcessHandle", "A process handle belongs to this process" + OPEN_INSIDE);
        reasons.put("java.net.http.HttpClient", "An HTTP client's connections belong to this process" + OPEN_INSIDE);
        String database = "A database connection belongs to this process" + OPEN_INSIDE;
        reasons.put("javax.sql.DataSource", database);
        reasons.put("java.sql.Connection", database);
        reasons.put("java.sql.Statement", database);
        reasons.put("java.sql.ResultSet", database);
        reasons.put(
                "java.util.stream.BaseStream",
                "A stream can be read only where it was made; collect it into a list first.");
        reasons.put("java.util.Spliterator", "A spliterator stays with its source; send the source instead.");
        reasons.put(
                "java.lang.ref.Reference",
                "A reference object belongs to this process's garbage collector; make the field transient.");
        reasons.put(
                "java.util.SplittableRandom",
                "A SplittableRandom does not show its state; send a seed, and create it inside the task.");
        String grid =
                "The grid is this program's connection; inside a task, use the namespace argument or Namespace.current().";
        reasons.put("io.gridctl.Grid", grid);
        reasons.put("io.gridctl.Engine", grid);
        reasons.put("io.gridctl.DirectView", grid);
        reasons.put("io.gridctl.LoadBalancedView", grid);
        reasons.put("io.gridctl.Subscription", grid);
        reasons.put("io.gridctl.AsyncResult", "A result is completed in this process; send its value instead.");
        reasons.put(
                "io.gridctl.Namespace",
                "A namespace belongs to its engine; inside a task, use the namespace argument or Namespace.current().");
        reasons.put(
                "com.hazelcast.core.HazelcastInstance",
                "A Hazelcast instance belongs to this process and does not travel.");
        return reasons;
    }

    /** Why objects of {@code type} are not sent, a sentence with what to do; null if nothing speaks against them. */
    static @Nullable String of(Class<?> type) {
        return REFUSED.get(type).orElse(null);
    }

    private static @Nullable String find(Class<?> type, Set<Class<?>> seen) {
        if (type.isArray() || type.isPrimitive()) {
            return null;
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            String reason = ownOrInterfaces(each, seen);
            if (reason != null) {
                return reason;
            }
        }
        if (PlatformClasses.isPlatform(type)
                && (java.util.Iterator.class.isAssignableFrom(type)
                        || java.util.Enumeration.class.isAssignableFrom(type))) {
            return "An iterator stays with its source; send the source instead.";
        }
        return null;
    }

    private static @Nullable String ownOrInterfaces(Class<?> type, Set<Class<?>> seen) {
        if (!seen.add(type)) {
            return null;
        }
        String reason = REASONS.get(type.getName());
        if (reason != null) {
            return reason;
        }
        for (Class<?> each : type.getInterfaces()) {
            String inherited = ownOrInterfaces(each, seen);
            if (inherited != null) {
                return inherited;
            }
        }
        return null;
    }
}
