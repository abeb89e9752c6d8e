package io.gridctl.cli.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class that does what a lambda or a method reference does. It is of the nest of the class that this stands in, whose
 * private methods hold the bodies of lambdas.
 */
final class LambdaClass {
    private static final String CONSTRUCTOR = "<init>";
    private static final String INSTANCE = "INSTANCE";
    private static final String FACTORY = "of";
    private static final Type OBJECT = Type.getType(Object.class);

    private final String name;
    private final Type[] captured;
    private final Type implemented;
    private final String method;
    private final Type erased;
    private final Handle body;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    /**
     * @param name its own
     * @param method the one method of the interface that it implements
     * @param descriptor takes what is captured, returns the interface
     * @param arguments those of {@link java.lang.invoke.LambdaMetafactory#metafactory}
     */
    LambdaClass(String name, String method, String descriptor, Object[] arguments) {
        this.name = name;
        this.method = method;
        this.captured = Type.getArgumentTypes(descriptor);
        this.implemented = Type.getReturnType(descriptor);
        this.erased = (Type) arguments[0];
        this.body = (Handle) arguments[1];
    }

    /** Whether nothing but casts lies between an instruction's interface and what it calls. */
    static boolean canReplace(String descriptor, Handle bootstrap, Object[] arguments) {
        if (!bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                || !bootstrap.getName().equals("metafactory")) {
            return false;
        }
        Type erased = (Type) arguments[0];
        Handle body = (Handle) arguments[1];
        Type instantiated = (Type) arguments[2];
        List<Type> given = new ArrayList<>(List.of(Type.getArgumentTypes(descriptor)));
        given.addAll(List.of(instantiated.getArgumentTypes()));
        return isCallable(body)
                && isCast(given, parameters(body))
                && isCast(List.of(erased.getArgumentTypes()), List.of(instantiated.getArgumentTypes()))
                && (erased.getReturnType().equals(Type.VOID_TYPE) || isCast(result(body), erased.getReturnType()));
    }

    /** A call of what a superclass has is the class's own affair. */
    private static boolean isCallable(Handle body) {
        return switch (body.getTag()) {
            case Opcodes.H_INVOKESTATIC,
                    Opcodes.H_INVOKEVIRTUAL,
                    Opcodes.H_INVOKEINTERFACE,
                    Opcodes.H_NEWINVOKESPECIAL -> true;
            default -> false;
        };
    }

    private static boolean isCast(List<Type> from, List<Type> to) {
        return from.size() == to.size()
                && IntStream.range(0, from.size()).allMatch(i -> isCast(from.get(i), to.get(i)));
    }

    private static boolean isCast(Type from, Type to) {
        return from.equals(to) || (isReference(from) && isReference(to));
    }

    private static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }

    /** All that its call takes from the stack. */
    private static List<Type> parameters(Handle body) {
        List<Type> all = new ArrayList<>();
        if (body.getTag() == Opcodes.H_INVOKEVIRTUAL || body.getTag() == Opcodes.H_INVOKEINTERFACE) {
            all.add(Type.getObjectType(body.getOwner()));
        }
        all.addAll(List.of(Type.getArgumentTypes(body.getDesc())));
        return all;
    }

    private static Type result(Handle body) {
        return body.getTag() == Opcodes.H_NEWINVOKESPECIAL
                ? Type.getObjectType(body.getOwner())
                : Type.getReturnType(body.getDesc());
    }

    String name() {
        return name;
    }

    /** The instruction that takes what is captured from the stack and puts the function there. */
    void putFunction(MethodVisitor code) {
        if (captured.length == 0) {
            code.visitFieldInsn(Opcodes.GETSTATIC, name, INSTANCE, implemented.getDescriptor());
        } else {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, name, FACTORY, factory(), false);
        }
    }

    byte[] file(int version, String nestHost) {
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        writer.visit(
                version, access, name, null, OBJECT.getInternalName(), new String[] {implemented.getInternalName()});
        writer.visitNestHost(nestHost);
        writeConstructor();
        if (captured.length == 0) {
            writeInstance();
        } else {
            writeFactory();
        }
        writeMethod();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private String factory() {
        return Type.getMethodDescriptor(implemented, captured);
    }

    private String field(int index) {
        return "captured" + index;
    }

    private void writeConstructor() {
        MethodVisitor code = begin(0, CONSTRUCTOR, Type.getMethodDescriptor(Type.VOID_TYPE, captured));
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT.getInternalName(), CONSTRUCTOR, "()V", false);
        int local = 1;
        for (int i = 0; i < captured.length; i++) {
            writer.visitField(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), captured[i].getDescriptor(), null, null);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), local);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i), captured[i].getDescriptor());
            local += captured[i].getSize();
        }
        end(code, Type.VOID_TYPE);
    }

    private void writeInstance() {
        int access = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        writer.visitField(access, INSTANCE, implemented.getDescriptor(), null, null);
        MethodVisitor code = begin(Opcodes.ACC_STATIC, "<clinit>", "()V");
        construct(code);
        code.visitFieldInsn(Opcodes.PUTSTATIC, name, INSTANCE, implemented.getDescriptor());
        end(code, Type.VOID_TYPE);
    }

    private void writeFactory() {
        MethodVisitor code = begin(Opcodes.ACC_STATIC, FACTORY, factory());
        construct(code);
        end(code, implemented);
    }

    private void construct(MethodVisitor code) {
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        int local = 0;
        for (Type each : captured) {
            code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), local);
            local += each.getSize();
        }
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, Type.getMethodDescriptor(Type.VOID_TYPE, captured), false);
    }

    private void writeMethod() {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, method, erased.getDescriptor());
        if (body.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            code.visitTypeInsn(Opcodes.NEW, body.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        for (int i = 0; i < captured.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field(i), captured[i].getDescriptor());
        }
        List<Type> parameters = parameters(body);
        Type[] arguments = erased.getArgumentTypes();
        int local = 1;
        for (int i = 0; i < arguments.length; i++) {
            code.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), local);
            cast(code, arguments[i], parameters.get(captured.length + i));
            local += arguments[i].getSize();
        }
        code.visitMethodInsn(call(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
        Type wanted = erased.getReturnType();
        if (wanted.equals(Type.VOID_TYPE)) {
            drop(code, result(body));
        } else {
            cast(code, result(body), wanted);
        }
        end(code, wanted);
    }

    private int call() {
        return switch (body.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            default -> Opcodes.INVOKEVIRTUAL;
        };
    }

    private static void cast(MethodVisitor code, Type from, Type to) {
        if (!from.equals(to) && !to.equals(OBJECT)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }

    private static void drop(MethodVisitor code, Type result) {
        switch (result.getSize()) {
            case 1 -> code.visitInsn(Opcodes.POP);
            case 2 -> code.visitInsn(Opcodes.POP2);
            default -> {}
        }
    }

    private MethodVisitor begin(int access, String method, String descriptor) {
        MethodVisitor code = writer.visitMethod(access, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code, Type result) {
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
