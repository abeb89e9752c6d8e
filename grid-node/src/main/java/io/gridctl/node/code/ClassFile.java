package io.gridctl.node.code;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One class of a program. Two are equal if their names and the hashes of their bytes are.
 *
 * @param name the binary class name
 * @param hash the SHA-256 of the bytes, in hexadecimal
 * @param bytes the class file; not copied, so nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // equality goes by the hash
public record ClassFile(String name, String hash, byte[] bytes) {
    /** Checks that nothing is missing. */
    public ClassFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(bytes, "bytes");
    }

    /**
     * A class file with the hash of its bytes.
     *
     * @param name the binary class name
     * @param bytes the class file
     * @return the pair with its hash
     */
    public static ClassFile of(String name, byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new ClassFile(name, HexFormat.of().formatHex(hash), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassFile file && file.name.equals(name) && file.hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return name + " " + hash.substring(0, Math.min(12, hash.length()));
    }
}
