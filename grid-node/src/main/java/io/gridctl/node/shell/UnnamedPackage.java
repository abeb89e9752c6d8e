package io.gridctl.node.shell;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
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
        return renamed(unnamed, path -> path.indexOf('/') < 0 ? PATH + path : path);
    }

    /** What the compiler has made, with the classes' own names. */
    static byte[] unnamed(byte[] made) {
        return mentions(made)
                ? renamed(made, path -> path.startsWith(PATH) ? path.substring(PATH.length()) : path)
                : made;
    }

    /** What the compiler has said, with the classes' own names. */
    static String unnamed(String said) {
        return said.replace(NAME + ".", "");
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

    private static byte[] renamed(byte[] file, UnaryOperator<String> names) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file)
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String path) {
                                return names.apply(path);
                            }
                        }),
                        0);
        return writer.toByteArray();
    }
}
