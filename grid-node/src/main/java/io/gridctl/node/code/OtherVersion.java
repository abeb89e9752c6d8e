package io.gridctl.node.code;

import io.gridctl.node.payload.ClassLayout;
import io.gridctl.node.payload.PayloadException;
import java.util.Optional;

/** What to say of a stored value that was written with another version of a class than its reader has. */
public final class OtherVersion {
    /** So much of a hash or of a program's id tells it from others, for a reader. */
    private static final int SHORT = 8;

    private OtherVersion() {}

    /**
     * The sentence that names both versions.
     *
     * @param value the value: {@code 'data'}
     * @param className the class
     * @param writer the id of the program that stored the value
     * @param before the class as it was then, empty if its class file is gone
     * @param now who reads, and the class as it is there
     * @param cause what said first that they differ
     * @return the exception
     */
    public static PayloadException explain(
            String value,
            String className,
            String writer,
            Optional<ClassFile> before,
            String now,
            PayloadException cause) {
        return PayloadException.differing(
                className,
                "The value of " + value + " was written with another version of the class " + className
                        + ": written by program " + shortId(writer) + " with "
                        + before.map(OtherVersion::version).orElse("its class file is gone") + ", read " + now
                        + ". Push the value again from the newer program.",
                cause);
    }

    /**
     * A version of a class.
     *
     * @param file its class file
     * @return the beginning of its hash, and its fields
     */
    public static String version(ClassFile file) {
        return file.hash().substring(0, SHORT) + " " + ClassLayout.of(file.bytes());
    }

    /**
     * A program, for a reader.
     *
     * @param program its id
     * @return the beginning of the id
     */
    public static String shortId(String program) {
        return program.substring(0, Math.min(SHORT, program.length()));
    }
}
