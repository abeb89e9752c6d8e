package io.gridctl.node.code;

import java.util.Optional;
import java.util.UUID;

/**
 * A key of the map that holds the stored classes.
 *
 * @param kind what the entry says
 * @param first the hash of a class, or the id of a program
 * @param second the class's name or the owner's id; empty for a class's bytes
 */
public record StoredKey(Kind kind, String first, String second) {
    /** What an entry says. */
    public enum Kind {
        /** The bytes of a class, under their hash. */
        CLASS,
        /** The hash of a program's class, under the program's id and the class's name. */
        NAME,
        /** Whose a program is, under the program's id and the client's. */
        OWNER
    }

    private static final String SEPARATOR = "/";

    static String classBytes(String hash) {
        return text(Kind.CLASS, hash, "");
    }

    static String name(String program, String className) {
        return text(Kind.NAME, program, className);
    }

    static String owner(String program, UUID client) {
        return text(Kind.OWNER, program, client.toString());
    }

    private static String text(Kind kind, String first, String second) {
        return kind + SEPARATOR + first + SEPARATOR + second;
    }

    /**
     * Reads a key.
     *
     * @param key a key of the map
     * @return its parts, or empty if this version of the grid does not know it
     */
    public static Optional<StoredKey> parse(String key) {
        String[] parts = key.split(SEPARATOR, 3);
        for (Kind kind : Kind.values()) {
            if (parts.length == 3 && parts[0].equals(kind.name())) {
                return Optional.of(new StoredKey(kind, parts[1], parts[2]));
            }
        }
        return Optional.empty();
    }
}
