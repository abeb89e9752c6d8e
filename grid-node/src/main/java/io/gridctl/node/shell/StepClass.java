package io.gridctl.node.shell;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Parts a wrapper that declares a variable: one class has its field, another the line that gives it a value. So a
 * variable that is declared again and again with other values is one class, and its lines go.
 *
 * @param variable the class with the field, under the wrapper's name
 * @param step the class with the line
 */
record StepClass(byte[] variable, byte[] step) {
    /** Makes another of JShell's numbers of a wrapper's; it uses few letters. */
    private static final String SUFFIX = "STEP";

    private static final String FUNCTIONS = "java/lang/invoke/LambdaMetafactory";

    static String nameFor(String wrapper) {
        return wrapper + SUFFIX;
    }

    /**
     * Whether it has both; and no function, which would belong to the variable, nor an initializer as of
     * {@code assert}, whose field nobody else may set.
     */
    static boolean isVariableWithStep(byte[] wrapper) {
        boolean[] has = {false, false, false};
        new ClassReader(wrapper)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable FieldVisitor visitField(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    @Nullable Object value) {
                                has[0] = true;
                                return null;
                            }

                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                has[1] |= name.equals(CompiledText.METHOD);
                                has[2] |= name.equals("<clinit>");
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitInvokeDynamicInsn(
                                            String name, String type, Handle bootstrap, Object... arguments) {
                                        has[2] |= bootstrap.getOwner().equals(FUNCTIONS);
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG);
        return has[0] && has[1] && !has[2];
    }

    /** Parts a wrapper without nested classes. */
    static StepClass split(String name, byte[] wrapper) {
        ClassReader reader = new ClassReader(wrapper);
        ClassWriter variable = new ClassWriter(0);
        reader.accept(new FieldsOnly(variable), ClassReader.SKIP_CODE);
        ClassWriter step = new ClassWriter(0);
        reader.accept(new MethodsOnly(step, name.replace('.', '/')), 0);
        return new StepClass(variable.toByteArray(), step.toByteArray());
    }

    private static final class FieldsOnly extends ClassVisitor {
        FieldsOnly(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return null;
        }
    }

    /** The methods, which find the field where it is and each other where they are now. */
    private static final class MethodsOnly extends ClassVisitor {
        private final String before;
        private final String now;

        MethodsOnly(ClassWriter writer, String before) {
            super(Opcodes.ASM9, writer);
            this.before = before;
            this.now = nameFor(before);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            super.visit(version, access, now, signature, superName, interfaces);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor writer = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, writer) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                    super.visitMethodInsn(opcode, moved(owner), name, type, isInterface);
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
                    Object[] moved = arguments.clone();
                    for (int i = 0; i < moved.length; i++) {
                        moved[i] = moved[i] instanceof Handle handle ? moved(handle) : moved[i];
                    }
                    super.visitInvokeDynamicInsn(name, type, bootstrap, moved);
                }
            };
        }

        private String moved(String owner) {
            return owner.equals(before) ? now : owner;
        }

        private Handle moved(Handle handle) {
            return new Handle(
                    handle.getTag(),
                    moved(handle.getOwner()),
                    handle.getName(),
                    handle.getDesc(),
                    handle.isInterface());
        }
    }
}
