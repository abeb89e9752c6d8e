package io.gridctl.node.code;

import java.util.List;

/** Where an engine asks for what was not sent with the work, such as a class that is only named in a text. */
public interface CodeSource {
    /** Has nothing and asks nobody. */
    CodeSource NONE = new CodeSource() {
        @Override
        public Answer<ClassFile> classes(String program, String className) {
            return new Answer<>(List.of(), "", true);
        }

        @Override
        public Answer<byte[]> resources(String program, String name) {
            return new Answer<>(List.of(), "", true);
        }
    };

    /**
     * Finds a class of a program. May block for a bounded time; an interrupt does not end it, because a class that is
     * missing once is missing for good to those that refer to it.
     *
     * @param program the program's id
     * @param className a binary class name
     * @return the class, and others that it needs
     */
    Answer<ClassFile> classes(String program, String className);

    /**
     * Finds the resources of a name. May block for a bounded time.
     *
     * @param program the program's id
     * @param name as for {@link ClassLoader#getResource}
     * @return the content of each, in the order of the program's class path
     */
    Answer<byte[]> resources(String program, String name);

    /**
     * What came of it.
     *
     * @param found what was found, empty if nobody has it
     * @param otherwise if nothing was found: who was asked, as a sentence, or an empty text
     * @param lasting whether it is of no use to ask again as long as the program's classes stay the same
     * @param <T> what was asked for
     */
    record Answer<T>(List<T> found, String otherwise, boolean lasting) {
        /**
         * Something was found.
         *
         * @param found what was found
         * @param <T> what was asked for
         * @return an answer
         */
        public static <T> Answer<T> of(List<T> found) {
            return new Answer<>(found, "", true);
        }
    }
}
