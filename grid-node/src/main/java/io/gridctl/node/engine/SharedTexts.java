package io.gridctl.node.engine;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.TextException;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.shell.CompiledText;
import io.gridctl.node.task.GridObjects;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Texts that an engine has compiled, for all engines on which the same was declared before: the first one that needs a
 * text claims it and compiles it, and tells the others, who wait for that. It is the one whose compiler is warm, if it
 * is asked for the text too.
 *
 * <p>For one thread at a time.
 */
final class SharedTexts implements AutoCloseable {
    /** Of every {@link #key}. */
    static final int KEY_LENGTH = 64;

    /**
     * How long the others wait for it to begin: with many engines on few cores it may not be the first to run. Whoever
     * waits for what he may not be told looks again after as long.
     */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private static final byte[] NOTHING = {};

    private final int engineId;
    private final HazelcastInstance hazelcast;
    private final long patienceNanos;
    private final UUID member;
    private final IMap<String, byte[]> map;
    private final PayloadCodec codec = new PayloadCodec();
    private final WarmCompilers warm = new WarmCompilers();
    private volatile @Nullable TextNews news;

    SharedTexts(int engineId, HazelcastInstance hazelcast) {
        this(engineId, hazelcast, PATIENCE);
    }

    SharedTexts(int engineId, HazelcastInstance hazelcast, Duration patience) {
        this.engineId = engineId;
        this.hazelcast = hazelcast;
        patienceNanos = patience.toNanos();
        member = hazelcast.getCluster().getLocalMember().getUuid();
        map = hazelcast.getMap(GridObjects.COMPILED);
    }

    /** What compiles a text here. */
    interface Compiler {
        CompiledText compile();

        /** Of the classes that programs have brought, on which it may depend whether a text is valid. */
        Fingerprint brought();
    }

    /** Who runs a text here. */
    interface User {
        /** Whether it can use what another engine has made of it. */
        boolean fits(CompiledText made);

        /** The members that are asked for it together; none if that is not known. */
        Set<UUID> asked();
    }

    /** What became of a text, and the member that compiled it; nothing as long as it is at it, or if it cannot tell. */
    private record Made(
            UUID member,
            @Nullable CompiledText text,
            @Nullable Refusal refusal) {}

    /** Why a text is not valid, for engines with the same classes. */
    private record Refusal(Fingerprint brought, String textName, List<TextException.Problem> problems) {}

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

    /**
     * What another engine has made of a text, if that can be used here, or what is made of it now.
     *
     * @throws TextException if it is not valid, here or for an engine that has the same classes
     */
    CompiledText get(String key, User user, Compiler compiler) {
        Set<UUID> asked = user.asked();
        try {
            Made made = ofOther(key, asked);
            if (made == null) {
                return share(key, asked, compiler);
            }
            if (made.text() != null && user.fits(made.text())) {
                warm.compiled(asked, made.member());
                return made.text();
            }
            Refusal refusal = made.refusal();
            if (refusal != null && refusal.brought().equals(compiler.brought())) {
                warm.compiled(asked, made.member());
                throw new TextException(engineId, refusal.textName(), refusal.problems());
            }
        } catch (InterruptedException e) {
            // Compiling is not to be interrupted, and whoever runs the text is told.
            Thread.currentThread().interrupt();
        }
        return compiler.compile();
    }

    /** Null if it has been claimed for this engine; without a text if the other one could not compile it. */
    private @Nullable Made ofOther(String key, Set<UUID> asked) throws InterruptedException {
        TextNews open = news();
        byte[] told = open.await(key, isOtherWarm(asked) ? patienceNanos : 0);
        while (true) {
            byte[] there = told == null ? map.putIfAbsent(key, claim()) : told;
            if (there == null) {
                return null;
            }
            if (there.length == 0) {
                return new Made(member, null, null);
            }
            Made made = (Made) Objects.requireNonNull(codec.decode(there, SharedTexts.class.getClassLoader()));
            if (made.text() != null || made.refusal() != null) {
                if (told == null
                        && asked.size() != 1
                        && member.equals(warm.of(asked).member())) {
                    // Others wait to be told by this one, which has forgotten the text as they have.
                    open.tell(key, there);
                }
                return made;
            }
            boolean leftBehind = made.member().equals(member) || !isThere(made.member());
            if (leftBehind && map.replace(key, there, claim())) {
                return null;
            }
            told = open.await(key, patienceNanos);
        }
    }

    private boolean isOtherWarm(Set<UUID> asked) {
        UUID quickest = warm.of(asked).member();
        return quickest != null && !quickest.equals(member) && isThere(quickest);
    }

    private byte[] claim() {
        return codec.encode(new Made(member, null, null));
    }

    private boolean isThere(UUID other) {
        return hazelcast.getCluster().getMembers().stream()
                .anyMatch(present -> present.getUuid().equals(other));
    }

    /** The news come first: others wait for them. What is not valid is no more than news, as it may be valid next time. */
    private CompiledText share(String key, Set<UUID> asked, Compiler compiler) {
        byte[] news = NOTHING;
        boolean valid = false;
        Fingerprint brought = compiler.brought();
        try {
            CompiledText text = compiler.compile();
            news = codec.encode(new Made(member, text, null));
            valid = true;
            return text;
        } catch (TextException e) {
            if (compiler.brought().equals(brought)) {
                Refusal refusal = new Refusal(brought, e.textName(), e.problems());
                news = codec.encode(new Made(member, null, refusal));
            } // else a class that came meanwhile may make it valid
            throw e;
        } finally {
            warm.compiled(asked, member);
            tell(key, news, valid);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what is stored
    private void tell(String key, byte[] news, boolean valid) {
        try {
            news().tell(key, news);
        } finally {
            if (valid) {
                map.setAsync(key, news).whenComplete((stored, trouble) -> {
                    if (trouble != null) {
                        map.removeAsync(key); // or others would wait for it
                    }
                });
            } else {
                map.removeAsync(key);
            }
        }
    }

    private TextNews news() {
        TextNews open = news;
        if (open == null) {
            open = new TextNews(hazelcast.getTopic(GridObjects.COMPILED));
            news = open;
        }
        return open;
    }

    @Override
    public void close() {
        TextNews open = news;
        if (open != null) {
            open.close();
        }
    }
}
