package io.gridctl.cli.shell;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets Ctrl-C end a loop at the prompt that takes no notice of its thread's interrupt. */
final class LoopChecks {
    private static final String OWNER = Interrupts.class.getName().replace('.', '/');

    private LoopChecks() {}

    /** The class file with a check before each jump back, which changes nothing of what lies on the stack. */
    static byte[] put(byte[] file) {
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
                        return new Body(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Body extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();

        Body(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, "loop", "()V", false);
            }
            super.visitJumpInsn(opcode, label);
        }
    }
}
