package io.gridctl.node.engine;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.topic.ITopic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What engines tell each other of the texts they compile, so that those who wait for one have it without asking. Nobody
 * may rely on it: an engine hears only what is told while it listens, and remembers little of it.
 *
 * <p>Safe for several threads.
 */
final class TextNews implements AutoCloseable {
    /** Of texts that it has not asked for yet, as its own task began later. */
    private static final int REMEMBERED = 64;

    private static final int MOST_REMEMBERED_BYTES = 64 << 10;

    private final ITopic<byte[]> topic;
    private final UUID registration;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /** By key; of what is awaited now whatever its size. Guarded by the lock. */
    private final Map<String, byte[]> heard = new LinkedHashMap<>();

    private @Nullable String awaited;

    /** Listens from now on. */
    TextNews(ITopic<byte[]> topic) {
        this.topic = topic;
        registration = topic.addMessageListener(message -> {
            if (!message.getPublishingMember().localMember()) {
                hear(message.getMessageObject());
            }
        });
    }

    /** Tells all other engines what has become of a text; its key is of {@link SharedTexts#KEY_LENGTH} letters. */
    void tell(String key, byte[] made) {
        byte[] message = Arrays.copyOf(key.getBytes(StandardCharsets.US_ASCII), SharedTexts.KEY_LENGTH + made.length);
        System.arraycopy(made, 0, message, SharedTexts.KEY_LENGTH, made.length);
        topic.publish(message);
    }

    private void hear(byte[] message) {
        String key = new String(message, 0, SharedTexts.KEY_LENGTH, StandardCharsets.US_ASCII);
        byte[] made = Arrays.copyOfRange(message, SharedTexts.KEY_LENGTH, message.length);
        lock.lock();
        try {
            boolean isAwaited = key.equals(awaited);
            if (!isAwaited && made.length > MOST_REMEMBERED_BYTES) {
                return;
            }
            heard.put(key, made);
            if (heard.size() > REMEMBERED) {
                heard.remove(heard.keySet().iterator().next());
            }
            if (isAwaited) {
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What another engine has told of a text since it was last asked for; waits for it a while. Null if nothing came. */
    byte @Nullable [] await(String key, long nanos) throws InterruptedException {
        lock.lock();
        try {
            awaited = key;
            long left = nanos;
            while (left > 0 && !heard.containsKey(key)) {
                left = news.awaitNanos(left);
            }
            return heard.remove(key);
        } finally {
            awaited = null;
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            topic.removeMessageListener(registration);
        } catch (HazelcastInstanceNotActiveException ended) {
            // It took the listener along.
        }
    }
}
