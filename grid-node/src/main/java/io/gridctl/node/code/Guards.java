package io.gridctl.node.code;

import io.gridctl.UserCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps user code from ending its engine: calls that end the JVM throw instead, and, where that is asked for, a loop ends
 * when its task is cancelled. Neither changes what lies on the stack at a jump, so frames stay as they are.
 */
final class Guards {
    private static final String GUARD = UserCode.class.getName().replace('.', '/');
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String STATUS = "(I)V";
    private static final String RUNTIME_AND_STATUS = "(Ljava/lang/Runtime;I)V";

    /** As they stand among a class file's constants, with their length before them. */
    private static final byte[][] NAMES = {constant("exit"), constant("halt")};

    private Guards() {}

    private static byte[] constant(String name) {
        return ("\u0001\u0000" + (char) name.length() + name).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The class as it is to be loaded; as it is, if it has nothing to guard or is too new to be read. */
    static byte[] put(byte[] file, boolean loops) {
        if (!loops && Arrays.stream(NAMES).noneMatch(name -> contains(file, name))) {
            return file;
        }
        ClassReader reader;
        try {
            reader = new ClassReader(file);
        } catch (IllegalArgumentException tooNew) {
            return file;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new Body(super.visitMethod(access, name, descriptor, signature, exceptions), loops);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static boolean contains(byte[] file, byte[] part) {
        for (int at = 0; at <= file.length - part.length; at++) {
            if (Arrays.equals(file, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static final class Body extends MethodVisitor {
        private final boolean loops;
        private final Set<Label> passed = new HashSet<>();

        Body(MethodVisitor next, boolean loops) {
            super(Opcodes.ASM9, next);
            this.loops = loops;
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (loops && passed.contains(label)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "loop", "()V", false);
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            String guard = guard(owner, name, descriptor);
            if (guard == null) {
                super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            } else {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "exit", guard, false);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] guarded = Arrays.stream(arguments).map(Body::guarded).toArray();
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, guarded);
        }

        private static Object guarded(Object argument) {
            if (argument instanceof Handle handle) {
                String guard = guard(handle.getOwner(), handle.getName(), handle.getDesc());
                if (guard != null) {
                    return new Handle(Opcodes.H_INVOKESTATIC, GUARD, "exit", guard, false);
                }
            }
            return argument;
        }

        /** The descriptor of what is called instead, null if the call stays. */
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
