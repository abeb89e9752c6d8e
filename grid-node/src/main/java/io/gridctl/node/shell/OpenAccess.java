package io.gridctl.node.shell;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes public what is not private. The compiler has checked that texts keep to what they may see of each other, all being
 * in one package; at run time they are in several, as each loader's package is one of its own.
 */
final class OpenAccess extends ClassVisitor {
    OpenAccess(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    private static int open(int access) {
        return (access & Opcodes.ACC_PRIVATE) != 0 ? access : (access & ~Opcodes.ACC_PROTECTED) | Opcodes.ACC_PUBLIC;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        super.visit(version, open(access), name, signature, superName, interfaces);
    }

    @Override
    public void visitInnerClass(String name, @Nullable String outerName, @Nullable String innerName, int access) {
        // Of the JDK's nested classes there are entries, too.
        boolean ofText = name.startsWith("REPL/");
        super.visitInnerClass(name, outerName, innerName, ofText ? open(access) : access);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        return super.visitField(open(access), name, descriptor, signature, value);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        // Others than static class initializers may be called.
        return super.visitMethod(
                name.equals("<clinit>") ? access : open(access), name, descriptor, signature, exceptions);
    }
}
