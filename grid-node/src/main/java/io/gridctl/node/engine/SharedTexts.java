package io.gridctl.node.engine;

import com.hazelcast.map.IMap;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.shell.CompiledText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Texts that an engine has compiled, for all engines on which the same was declared before: the first one that needs a
 * text compiles it while the others wait for it. That is the one that compiled the last, if it needs it too: its compiler
 * is warm.
 */
final class SharedTexts {
    /** How long the others wait for it to begin: with many engines on few cores it may not be the first to run. */
    private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final int NOBODY = -1;

    private final int engineId;
    private final IMap<String, byte[]> map;
    private final PayloadCodec codec = new PayloadCodec();
    private int lastCompiler = NOBODY;

    SharedTexts(int engineId, IMap<String, byte[]> map) {
        this.engineId = engineId;
        this.map = map;
    }

    /** A text and the engine that compiled it. */
    private record Made(int engineId, CompiledText text) {}

    /** What identifies a text and all that may matter to its meaning. */
    static String key(List<String> declarations, String... text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) Runtime.version().feature());
            declarations.forEach(declaration -> add(digest, declaration));
            digest.update((byte) 0);
            List.of(text).forEach(part -> add(digest, part));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        digest.update((byte) 1);
    }

    /** What another engine has made of a text, if that can be used here, or what is made of it now. */
    CompiledText get(String key, Predicate<CompiledText> usable, Supplier<CompiledText> compile) {
        byte[] there = map.get(key);
        if (there == null && lastCompiler != NOBODY && lastCompiler != engineId) {
            there = awaitOther(key);
        }
        if (there == null) {
            // Let go of by the grid if this engine dies.
            map.lock(key);
            try {
                there = map.get(key);
                if (there == null) {
                    CompiledText made = compile.get();
                    map.set(key, codec.encode(new Made(engineId, made)));
                    lastCompiler = engineId;
                    return made;
                }
            } finally {
                map.unlock(key);
            }
        }
        Made made = (Made) Objects.requireNonNull(codec.decode(there, SharedTexts.class.getClassLoader()));
        lastCompiler = made.engineId();
        return usable.test(made.text()) ? made.text() : compile.get();
    }

    /**
     * Looks for a text as long as another engine is at it; null if none is. A lock would be handed from one engine to the
     * next, and the last would wait for all of them.
     */
    private byte @Nullable [] awaitOther(String key) {
        long begun = System.nanoTime();
        byte[] there = null;
        while (there == null && !Thread.currentThread().isInterrupted()) {
            if (System.nanoTime() - begun >= HEAD_START_NANOS && !map.isLocked(key)) {
                return map.get(key);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            there = map.get(key);
        }
        return there;
    }
}
