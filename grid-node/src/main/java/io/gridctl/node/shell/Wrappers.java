package io.gridctl.node.shell;

import io.gridctl.node.code.ClassFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Names for JShell's wrappers that tell what is in them, rather than when they were made: the hash of all code that they
 * reach. So the same class has the same name on every engine and in every process that fills an engine's id, and
 * another version of it has another one.
 *
 * <p>For one thread.
 */
final class Wrappers {
    private static final int NAME_BYTES = 8;
    private static final String PREFIX = "REPL.$JShell$";

    private final Map<String, byte[]> files;
    private final Map<String, Set<String>> references = new HashMap<>();
    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, String> distinctions = new HashMap<>();
    private final Map<String, List<ClassFile>> made = new HashMap<>();

    /** Given the class files as JShell named them, to which it adds. */
    Wrappers(Map<String, byte[]> files) {
        this.files = files;
    }

    /** Says that a wrapper is not the same as one with the same code elsewhere in a text. */
    void distinguish(String wrapper, String where) {
        String number = WrapperClass.number(wrapper);
        distinctions.put(number, where);
        hashes.remove(number);
        made.remove(number);
    }

    /** What a wrapper is called from now on. */
    String name(String wrapper) {
        return PREFIX + hash(WrapperClass.number(wrapper));
    }

    /** The wrappers that some reach, themselves included. */
    Set<String> closure(Collection<String> wrappers) {
        return closureOf(wrappers.stream().map(WrapperClass::number).toList()).stream()
                .map(number -> PREFIX + number)
                .collect(Collectors.toSet());
    }

    private Set<String> closureOf(Collection<String> numbers) {
        Set<String> seen = new LinkedHashSet<>(numbers);
        Deque<String> open = new ArrayDeque<>(numbers);
        while (!open.isEmpty()) {
            for (String next : referencesOf(open.remove())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return seen;
    }

    private Set<String> referencesOf(String number) {
        return references.computeIfAbsent(
                number,
                key -> filesOf(key).values().stream()
                        .flatMap(file -> WrapperClass.references(file).stream())
                        .collect(Collectors.toSet()));
    }

    /** The files of a wrapper and of what is nested in it. */
    private Map<String, byte[]> filesOf(String number) {
        Map<String, byte[]> own = new TreeMap<>();
        String outer = PREFIX + number;
        files.forEach((name, file) -> {
            if (name.equals(outer) || name.startsWith(outer + "$")) {
                own.put(name, file);
            }
        });
        return own;
    }

    private String hash(String number) {
        String known = hashes.get(number);
        if (known == null) {
            known = computeHash(number);
            hashes.put(number, known);
        }
        return known;
    }

    private String computeHash(String number) {
        List<byte[]> parts = closureOf(List.of(number)).stream()
                .flatMap(each -> filesOf(each).values().stream())
                // The numbers differ from engine to engine.
                .map(file -> WrapperClass.renamed(WrapperClass.withoutLines(file), each -> "0"))
                .sorted(Arrays::compare)
                .toList();
        MessageDigest digest = digest();
        parts.forEach(digest::update);
        filesOf(number)
                .keySet()
                .forEach(name -> digest.update(
                        name.substring(PREFIX.length() + number.length()).getBytes(StandardCharsets.UTF_8)));
        digest.update(distinctions.getOrDefault(number, "").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The files of a wrapper under their names and with the lines of the text that had them made. */
    List<ClassFile> classes(String wrapper, String textName, Supplier<IntUnaryOperator> lines) {
        return made.computeIfAbsent(WrapperClass.number(wrapper), key -> make(wrapper, textName, lines.get()));
    }

    private List<ClassFile> make(String wrapper, String textName, IntUnaryOperator lines) {
        String number = WrapperClass.number(wrapper);
        return filesOf(number).entrySet().stream()
                .map(file -> {
                    String name = name(wrapper) + file.getKey().substring(PREFIX.length() + number.length());
                    byte[] withLines = WrapperClass.withLines(file.getValue(), textName, lines);
                    return ClassFile.of(name, WrapperClass.renamed(withLines, this::hash));
                })
                .toList();
    }

    /** Lets go of a wrapper that nothing refers to. */
    void forget(String wrapper) {
        String number = WrapperClass.number(wrapper);
        filesOf(number).keySet().forEach(files::remove);
        references.remove(number);
        hashes.remove(number);
        distinctions.remove(number);
        made.remove(number);
    }
}
