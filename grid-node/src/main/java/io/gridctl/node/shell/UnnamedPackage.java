package io.gridctl.node.shell;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Classes without a package, as those of most programs of a single file, under a package's name. JShell's wrappers are in
 * a package, and Java lets nobody in a package name a class that is in none: so the compiler sees these in one, whose
 * classes are all imported, and what it makes says their own names again.
 */
final class UnnamedPackage {
    /** What the compiler is told. No program has it. */
    static final String NAME = "gridctl.unnamed";

    private static final String PATH = NAME.replace('.', '/') + "/";
    private static final byte[] MARK = PATH.getBytes(StandardCharsets.UTF_8);

    private UnnamedPackage() {}

    /** A class that is in no package, as the compiler sees it. */
    static byte[] named(byte[] unnamed) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(unnamed).accept(new ClassRemapper(writer, new Naming()), 0);
        return writer.toByteArray();
    }

    private static final class Naming extends Remapper {
        Naming() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String path) {
            return path.indexOf('/') < 0 ? PATH + path : path;
        }

        @Override
        public String mapInnerClassName(String path, @Nullable String outer, @Nullable String inner) {
            return Objects.requireNonNull(inner);
        }
    }

    /**
     * What the compiler has made, with the classes' own names: in literals too, as a lambda says there how it is made
     * again.
     */
    static byte[] unnamed(byte[] made) {
        return mentions(made) ? WrapperClass.withTexts(made, text -> unnamed(text.replace(PATH, ""))) : made;
    }

    /** What the compiler has said, with the classes' own names. */
    static String unnamed(String said) {
        return said.replace(NAME + ".", "");
    }

    /** Whether all texts know another class by that name, which is to go on meaning that one. */
    static boolean isAmbiguous(String className) {
        String outermost = className.replaceFirst("(?<=.)\\$.*", "");
        return Stream.concat(Stream.of("java.lang"), TextCompiler.IMPORTS.stream())
                .anyMatch(known -> isThere(known + "." + outermost));
    }

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, UnnamedPackage.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    private static boolean mentions(byte[] file) {
        for (int at = 0; at <= file.length - MARK.length; at++) {
            int same = 0;
            while (same < MARK.length && file[at + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return true;
            }
        }
        return false;
    }
}
