package io.gridctl.cli.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class with calls in place of the instructions that a JVM links through
 * {@link java.lang.invoke.LambdaMetafactory#metafactory} and
 * {@link java.lang.invoke.StringConcatFactory#makeConcatWithConstants}. A lambda that can be serialized stays as it is:
 * what is sent names it by its class and its method.
 */
final class DesugaredClass extends ClassVisitor {
    /** From Java 11 on a class may call what is private in another of its nest. */
    private static final int FIRST_WITH_NESTS = Opcodes.V11;

    private static final int MAJOR = 0xffff;

    /** What a class file's constants have before those that one of the instructions names. */
    private static final int INVOKE_DYNAMIC = 18;

    private final ClassWriter writer;
    private final Map<String, Concatenation> concatenations = new LinkedHashMap<>();
    private final Map<String, byte[]> lambdas = new LinkedHashMap<>();
    private String name = "";
    private String nestHost = "";
    private int version;
    private boolean isInterface;

    DesugaredClass() {
        this(new ClassWriter(ClassWriter.COMPUTE_MAXS));
    }

    private DesugaredClass(ClassWriter writer) {
        super(Opcodes.ASM9, writer);
        this.writer = writer;
    }

    /** Whether a class has instructions that are linked by a method, as these are. */
    static boolean isWorthwhile(ClassReader file) {
        return IntStream.range(1, file.getItemCount())
                .map(file::getItem)
                .anyMatch(item -> item > 0 && file.readByte(item - 1) == INVOKE_DYNAMIC);
    }

    /** The classes that stand for its lambdas: file by name. They are members of its nest, and its host is to say so. */
    Map<String, byte[]> lambdas() {
        return lambdas;
    }

    String nestHost() {
        return nestHost;
    }

    boolean isChanged() {
        return !lambdas.isEmpty() || !concatenations.isEmpty();
    }

    byte[] bytes() {
        return writer.toByteArray();
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        this.name = name;
        this.nestHost = name;
        this.version = version & MAJOR;
        this.isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitNestHost(String host) {
        nestHost = host;
        super.visitNestHost(host);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new Body(super.visitMethod(access, method, descriptor, signature, exceptions));
    }

    @Override
    public void visitEnd() {
        concatenations.values().forEach(concatenation -> concatenation.write(cv));
        super.visitEnd();
    }

    private Concatenation concatenation(String descriptor, String recipe) {
        return concatenations.computeIfAbsent(
                recipe + descriptor,
                shape -> new Concatenation("concatenate$" + concatenations.size(), descriptor, recipe));
    }

    private final class Body extends MethodVisitor {
        Body(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            if (Concatenation.isOne(bootstrap, arguments)) {
                Concatenation concatenation = concatenation(descriptor, (String) arguments[0]);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, name, concatenation.name(), descriptor, isInterface);
                return;
            }
            if (version < FIRST_WITH_NESTS || !LambdaClass.canReplace(descriptor, bootstrap, arguments)) {
                super.visitInvokeDynamicInsn(method, descriptor, bootstrap, arguments);
                return;
            }
            LambdaClass lambda = new LambdaClass(name + "$$Plain$" + lambdas.size(), method, descriptor, arguments);
            lambdas.put(lambda.name(), lambda.file(version, nestHost));
            lambda.putFunction(mv);
        }
    }
}
