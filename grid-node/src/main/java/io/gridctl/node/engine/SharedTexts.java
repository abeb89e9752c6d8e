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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Texts that an engine has compiled, for all engines on which the same was declared before: the first one that needs a
 * text compiles it while the others wait for it.
 */
final class SharedTexts {
    private final IMap<String, byte[]> map;
    private final PayloadCodec codec = new PayloadCodec();

    SharedTexts(IMap<String, byte[]> map) {
        this.map = map;
    }

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
        if (there == null) {
            // Let go of by the grid if this engine dies.
            map.lock(key);
            try {
                there = map.get(key);
                if (there == null) {
                    CompiledText made = compile.get();
                    map.set(key, codec.encode(made));
                    return made;
                }
            } finally {
                map.unlock(key);
            }
        }
        CompiledText made =
                (CompiledText) Objects.requireNonNull(codec.decode(there, SharedTexts.class.getClassLoader()));
        return usable.test(made) ? made : compile.get();
    }
}
