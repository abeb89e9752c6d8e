package io.gridctl.node.payload;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Where a function stands in the source and what it calls the values that it captured, as far as its class file tells. */
final class LambdaSource {
    private final SerializedLambda form;
    private final boolean instance;
    private final Map<Integer, String> variables = new HashMap<>();
    private @Nullable String file;
    private int line;
    private boolean synthetic;

    private LambdaSource(SerializedLambda form) {
        this.form = form;
        this.instance = switch (form.getImplMethodKind()) {
            case MethodHandleInfo.REF_invokeVirtual,
                    MethodHandleInfo.REF_invokeSpecial,
                    MethodHandleInfo.REF_invokeInterface -> true;
            default -> false;
        };
    }

    static LambdaSource of(SerializedLambda form, @Nullable ClassLoader loader) {
        LambdaSource source = new LambdaSource(form);
        String path = form.getImplClass() + ".class";
        try (InputStream bytes =
                loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path)) {
            if (bytes != null) {
                new ClassReader(bytes).accept(source.new Finder(), ClassReader.SKIP_FRAMES);
            }
        } catch (IOException | IllegalArgumentException e) {
            // The message then does without the line.
            source.line = 0;
        }
        return source;
    }

    /** The function, for a message: {@code lambda at Main.java:42}, {@code method reference Main::twice}. */
    String description() {
        String owner = form.getImplClass().replace('/', '.');
        String method = form.getImplMethodName();
        boolean lambda = synthetic || method.startsWith("lambda$");
        if (!lambda) {
            return "method reference " + owner + "::" + (method.equals("<init>") ? "new" : method);
        }
        return line > 0 && file != null ? "lambda at " + file + ":" + line : "lambda in " + owner;
    }

    /** The name of a captured value, for a message. */
    String captured(int index) {
        boolean lambda = synthetic || form.getImplMethodName().startsWith("lambda$");
        if (instance && index == 0) {
            return lambda ? "this" : "receiver";
        }
        int parameter = instance ? index - 1 : index;
        Type[] types = Type.getArgumentTypes(form.getImplMethodSignature());
        int slot = instance ? 1 : 0;
        for (int i = 0; i < parameter && i < types.length; i++) {
            slot += types[i].getSize();
        }
        String name = variables.get(slot);
        return name != null ? name : "captured value " + (index + 1);
    }

    private final class Finder extends ClassVisitor {
        Finder() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitSource(@Nullable String source, @Nullable String debug) {
            file = source;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (!name.equals(form.getImplMethodName()) || !descriptor.equals(form.getImplMethodSignature())) {
                return null;
            }
            synthetic = (access & Opcodes.ACC_SYNTHETIC) != 0;
            return new Details();
        }
    }

    private final class Details extends MethodVisitor {
        Details() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            if (line == 0) {
                line = number;
            }
        }

        @Override
        public void visitLocalVariable(
                String name, String descriptor, @Nullable String signature, Label start, Label end, int index) {
            variables.putIfAbsent(index, name);
        }
    }
}
