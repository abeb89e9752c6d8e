package io.gridctl.node.code;

import io.gridctl.UserCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps user code from ending its engine: calls that end the JVM throw instead, and a loop ends when its task was told to.
 * Neither changes what lies on the stack at a jump, so frames stay as they are.
 */
final class Guards {
    private static final String LOOPS = Loops.class.getName().replace('.', '/');
    private static final String GUARD = UserCode.class.getName().replace('.', '/');
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String STATUS = "(I)V";
    private static final String RUNTIME_AND_STATUS = "(Ljava/lang/Runtime;I)V";

    private Guards() {}

    /** The class as it is to be loaded; as it is, if it has nothing to guard or is too new to be read. */
    static byte[] put(byte[] file) {
        ClassReader reader;
        try {
            reader = new ClassReader(file);
        } catch (IllegalArgumentException tooNew) {
            return file;
        }
        Set<String> found = new HashSet<>();
        Methods look = new Methods(null, name -> true, found::add);
        reader.accept(look, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (found.isEmpty()) {
            return file;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        // The others are copied as they are.
        reader.accept(new Methods(writer, found::contains, name -> {}), 0);
        return writer.toByteArray();
    }

    /** Guards some methods, and says which had something to guard. */
    private static final class Methods extends ClassVisitor {
        private final Predicate<String> some;
        private final Consumer<String> guarded;

        Methods(@Nullable ClassVisitor next, Predicate<String> some, Consumer<String> guarded) {
            super(Opcodes.ASM9, next);
            this.some = some;
            this.guarded = guarded;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            String method = name + descriptor;
            return some.test(method) ? new Body(next, () -> guarded.accept(method)) : next;
        }
    }

    private static final class Body extends MethodVisitor {
        private final Runnable guarded;
        private final Set<Label> passed = new HashSet<>();

        Body(@Nullable MethodVisitor next, Runnable guarded) {
            super(Opcodes.ASM9, next);
            this.guarded = guarded;
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                pass();
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            if (passed.contains(otherwise) || Arrays.stream(labels).anyMatch(passed::contains)) {
                pass();
            }
            super.visitTableSwitchInsn(min, max, otherwise, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            if (passed.contains(otherwise) || Arrays.stream(labels).anyMatch(passed::contains)) {
                pass();
            }
            super.visitLookupSwitchInsn(otherwise, keys, labels);
        }

        private void pass() {
            guarded.run();
            super.visitMethodInsn(Opcodes.INVOKESTATIC, LOOPS, "pass", "()V", false);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            String guard = guard(owner, name, descriptor);
            if (guard == null) {
                super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            } else {
                guarded.run();
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, name, guard, false);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] instead = Arrays.stream(arguments).map(this::instead).toArray();
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, instead);
        }

        private Object instead(Object argument) {
            if (argument instanceof Handle handle) {
                String guard = guard(handle.getOwner(), handle.getName(), handle.getDesc());
                if (guard != null) {
                    guarded.run();
                    return new Handle(Opcodes.H_INVOKESTATIC, GUARD, handle.getName(), guard, false);
                }
            }
            return argument;
        }

        /** The descriptor of what is called instead by the same name, null if the call stays. */
        private static @Nullable String guard(String owner, String name, String descriptor) {
            if (!descriptor.equals(STATUS)) {
                return null;
            }
            if (owner.equals(SYSTEM) && name.equals("exit")) {
                return STATUS;
            }
            return owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt")) ? RUNTIME_AND_STATUS : null;
        }
    }
}
