package io.gridctl.cli.archive;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A method that puts a string together, after a recipe for {@link java.lang.invoke.StringConcatFactory}. */
final class Concatenation {
    private static final String BUILDER = "java/lang/StringBuilder";
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";

    /** In a recipe the place of an argument; all other characters stand for themselves. */
    private static final char ARGUMENT = 1;

    private final String name;
    private final String descriptor;
    private final String recipe;

    Concatenation(String name, String descriptor, String recipe) {
        this.name = name;
        this.descriptor = descriptor;
        this.recipe = recipe;
    }

    /** Whether an instruction is one, and all its constants stand in its recipe. */
    static boolean isOne(Handle bootstrap, Object[] arguments) {
        return bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")
                && bootstrap.getName().equals("makeConcatWithConstants")
                && arguments.length == 1;
    }

    String name() {
        return name;
    }

    void write(ClassVisitor to) {
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        MethodVisitor code = to.visitMethod(access, name, descriptor, null, null);
        code.visitCode();
        code.visitTypeInsn(Opcodes.NEW, BUILDER);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
        append(code);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "toString", "()" + STRING, false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void append(MethodVisitor code) {
        Type[] types = Type.getArgumentTypes(descriptor);
        int argument = 0;
        int local = 0;
        int from = 0;
        while (from < recipe.length()) {
            if (recipe.charAt(from) == ARGUMENT) {
                Type type = types[argument++];
                code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
                append(code, appended(type));
                local += type.getSize();
                from++;
            } else {
                int next = recipe.indexOf(ARGUMENT, from);
                int to = next < 0 ? recipe.length() : next;
                code.visitLdcInsn(recipe.substring(from, to));
                append(code, STRING);
                from = to;
            }
        }
    }

    private static void append(MethodVisitor code, String type) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "append", "(" + type + ")L" + BUILDER + ";", false);
    }

    /** The parameter of the builder's method: an array of characters, say, is an object here. */
    private static String appended(Type type) {
        return switch (type.getSort()) {
            case Type.BYTE, Type.SHORT -> "I";
            case Type.ARRAY, Type.OBJECT -> type.getDescriptor().equals(STRING) ? STRING : OBJECT;
            default -> type.getDescriptor();
        };
    }
}
