package io.gridctl.node.code;

/** What to say of a class that was compiled for a newer Java than runs here. */
final class ClassVersions {
    /** Where the major version stands in a class file. */
    private static final int MAJOR = 6;

    /** Java 1 has class files of version 45, and each later Java one more. */
    private static final int BEFORE_JAVA_1 = 44;

    private ClassVersions() {}

    /** The same error with a sentence that a user can act on. */
    static UnsupportedClassVersionError explain(
            String className, byte[] classFile, UnsupportedClassVersionError error) {
        int here = Runtime.version().feature();
        int there = (((classFile[MAJOR] & 0xff) << 8) | (classFile[MAJOR + 1] & 0xff)) - BEFORE_JAVA_1;
        UnsupportedClassVersionError explained = new UnsupportedClassVersionError("the class " + className
                + " was compiled for Java " + there + ", and this engine runs Java " + here
                + ". Compile it with --release " + here + ", or start the engines with a JDK " + there + " or newer");
        explained.initCause(error);
        return explained;
    }
}
