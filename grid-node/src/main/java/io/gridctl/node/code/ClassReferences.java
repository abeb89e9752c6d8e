package io.gridctl.node.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/**
 * The names of the classes that a class file refers to, from its constant pool: class entries, and every text that has
 * the form of a descriptor or generic signature, which covers fields, methods, annotations, records and lambdas. May give
 * a name too many, never one too few, apart from names that the program builds at run time.
 *
 * <p>ASM reads the file; its visitors are left out, because they would read the code of every method, at five times the
 * cost, and find the same names.
 */
final class ClassReferences {
    private static final int UTF8 = 1;
    private static final int CLASS = 7;

    private final ClassReader file;
    private final byte[] bytes;
    private final Set<String> names = new LinkedHashSet<>();

    private ClassReferences(byte[] bytes) {
        this.bytes = bytes;
        file = new ClassReader(bytes);
    }

    /**
     * The binary names, each once.
     *
     * @throws IllegalArgumentException if this is no class file, or one for a Java that is not known yet; the message is
     *     the reason
     */
    static List<String> of(byte[] classFile) {
        try {
            return new ClassReferences(classFile).read();
        } catch (IndexOutOfBoundsException | IOException e) {
            throw new IllegalArgumentException("it is not a class file", e);
        }
    }

    private List<String> read() throws IOException {
        char[] buffer = new char[file.getMaxStringLength()];
        for (int index = 1; index < file.getItemCount(); index++) {
            int at = file.getItem(index);
            if (at == 0) {
                continue; // the second half of a long or double
            }
            int kind = file.readByte(at - 1);
            if (kind == CLASS) {
                addClass(file.readUTF8(at, buffer));
            } else if (kind == UTF8 && mayDescribe(at)) {
                addDescribed(new DataInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at)).readUTF());
            }
        }
        return List.copyOf(names);
    }

    private void addClass(String internalName) {
        if (internalName.startsWith("[")) {
            addDescribed(internalName);
        } else {
            names.add(internalName.replace('/', '.'));
        }
    }

    /** Whether the text at this place begins like a descriptor; most texts do not and are not read. */
    private boolean mayDescribe(int at) {
        int length = file.readUnsignedShort(at);
        if (length < 3) {
            return false;
        }
        int first = file.readByte(at + 2);
        return first == '(' || first == '[' || first == '<' || first == 'L';
    }

    /** Every {@code Lname;} or {@code Lname<} in the text. */
    private void addDescribed(String text) {
        int length = text.length();
        int at = 0;
        while (at < length) {
            if (text.charAt(at) != 'L' || !startsType(text, at)) {
                at++;
                continue;
            }
            int end = at + 1;
            while (end < length && isNamePart(text.charAt(end))) {
                end++;
            }
            if (end < length && end > at + 1 && (text.charAt(end) == ';' || text.charAt(end) == '<')) {
                names.add(text.substring(at + 1, end).replace('/', '.'));
            }
            at = end;
        }
    }

    /** An L within a name, such as that of a type variable, begins no type. */
    private static boolean startsType(String text, int at) {
        return at == 0
                || !Character.isJavaIdentifierPart(text.charAt(at - 1))
                || "BCDFIJSZV".indexOf(text.charAt(at - 1)) >= 0;
    }

    private static boolean isNamePart(char character) {
        return character == '/' || character == '-' || Character.isJavaIdentifierPart(character);
    }
}
