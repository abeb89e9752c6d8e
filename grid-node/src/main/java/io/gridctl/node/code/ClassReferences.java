package io.gridctl.node.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of the classes that a class file refers to, from its constant pool: class entries, and every text that has
 * the form of a descriptor or generic signature, which covers fields, methods, annotations, records and lambdas. May give
 * a name too many, never one too few, apart from names that the program builds at run time.
 */
final class ClassReferences {
    private static final int UTF8 = 1;
    private static final int CLASS = 7;

    private ClassReferences() {}

    static List<String> of(byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.skipBytes(8);
            return read(in);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a class file: " + e, e);
        }
    }

    private static List<String> read(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        List<Integer> classes = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts[i] = in.readUTF();
                case CLASS -> classes.add(in.readUnsignedShort());
                case 8, 16, 19, 20 -> in.skipBytes(2);
                case 15 -> in.skipBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                default -> throw new IOException("constant pool tag " + tag);
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (int index : classes) {
            String name = texts[index];
            if (name.startsWith("[")) {
                addDescribed(name, names);
            } else {
                names.add(name.replace('/', '.'));
            }
        }
        for (String text : texts) {
            if (text != null && mayDescribe(text)) {
                addDescribed(text, names);
            }
        }
        return List.copyOf(names);
    }

    private static boolean mayDescribe(String text) {
        if (text.length() < 3) {
            return false;
        }
        char first = text.charAt(0);
        return (first == '(' || first == '[' || first == '<' || first == 'L') && text.indexOf(';') > 0;
    }

    /** Every {@code Lname;} or {@code Lname<} in the text. */
    private static void addDescribed(String text, Set<String> names) {
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
