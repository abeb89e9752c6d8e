package io.gridctl.node.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The fields of a class that travel, as its class file tells: no class is loaded for it.
 *
 * @param parent the superclass's binary name, null if it has none that counts
 * @param isEnum whether it is an enum
 * @param fields its own fields in their order
 */
public record ClassLayout(@Nullable String parent, boolean isEnum, List<Field> fields) {
    /**
     * A field.
     *
     * @param name its name
     * @param descriptor its type in the form of class files
     */
    public record Field(String name, String descriptor) {
        char kind() {
            return descriptor.charAt(0);
        }

        @Override
        public String toString() {
            return Type.getType(descriptor).getClassName() + " " + name;
        }
    }

    /**
     * Reads a class file.
     *
     * @param classFile its bytes
     * @return what it says of its fields
     */
    public static ClassLayout of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        List<Field> fields = new ArrayList<>();
        boolean isRecord = "java/lang/Record".equals(reader.getSuperName());
        int skipped = Opcodes.ACC_STATIC | (isRecord ? 0 : Opcodes.ACC_TRANSIENT);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        if ((access & skipped) == 0) {
                            fields.add(new Field(name, descriptor));
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        String parent =
                reader.getSuperName() == null ? null : reader.getSuperName().replace('/', '.');
        return new ClassLayout(
                parent == null || PlatformClasses.isPlatform(parent) ? null : parent,
                (reader.getAccess() & Opcodes.ACC_ENUM) != 0,
                List.copyOf(fields));
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
