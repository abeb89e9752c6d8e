package io.gridctl.node.code;

import java.util.Optional;

/** Where an engine asks for a class that was not sent with the work, such as one that is only named in a text. */
@FunctionalInterface
public interface ClassSource {
    /**
     * Finds a class of a program. May block for a bounded time.
     *
     * @param programId the program's id
     * @param className a binary class name
     * @return the class file, or empty if nobody has it
     */
    Optional<byte[]> find(String programId, String className);
}
