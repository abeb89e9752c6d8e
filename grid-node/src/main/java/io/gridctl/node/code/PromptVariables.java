package io.gridctl.node.code;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The variables of a JShell prompt that a function reads. JShell wraps each line in a class and makes a variable a
 * static field of it, so to a function written there they are what captured locals are elsewhere; left behind they
 * would be zeros on an engine.
 */
final class PromptVariables {
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*");

    /** The methods in which JShell runs the line itself, the second for {@code var}; engines never call them. */
    private static final Set<String> LINE = Set.of("do_it$", "do_it$Aux");

    private PromptVariables() {}

    /** Whether a class was made by a prompt. When its method is written anew, it gets other bytes under the same name. */
    static boolean isOfPrompt(Class<?> type) {
        return isOfPrompt(type.getName());
    }

    static boolean isOfPrompt(String className) {
        return className.startsWith("REPL.$JShell$");
    }

    /** The variables that the code of these classes reads, opened. */
    static List<Field> readBy(List<ClassFile> files, ClassLoader loader) {
        Set<String> seen = new LinkedHashSet<>();
        List<Field> fields = new ArrayList<>();
        for (ClassFile file : files) {
            if (file.name().startsWith("REPL.")) {
                new ClassReader(file.bytes())
                        .accept(
                                new Finder((owner, name) -> {
                                    if (seen.add(owner + " " + name)) {
                                        fields.add(field(owner, name, loader));
                                    }
                                }),
                                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        }
        return fields;
    }

    private static Field field(String owner, String name, ClassLoader loader) {
        try {
            Field field = Class.forName(owner, false, loader).getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "a line of the prompt reads " + owner + "." + name + ", which is not there", e);
        }
    }

    private interface Found {
        void variable(String owner, String name);
    }

    private static final class Finder extends ClassVisitor {
        private final Found found;

        Finder(Found found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return LINE.contains(method)
                    ? null
                    : new MethodVisitor(Opcodes.ASM9) {
                        @Override
                        public void visitFieldInsn(int opcode, String path, String name, String type) {
                            String owner = path.replace('/', '.');
                            if (opcode == Opcodes.GETSTATIC
                                    && WRAPPER.matcher(owner).matches()) {
                                found.variable(owner, name);
                            }
                        }
                    };
        }
    }
}
