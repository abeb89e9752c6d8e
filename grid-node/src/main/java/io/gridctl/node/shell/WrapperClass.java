package io.gridctl.node.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class files in which JShell wraps pieces of a text. It numbers the wrappers, {@code REPL.$JShell$12B}; a class of
 * the text is nested in its wrapper.
 */
final class WrapperClass {
    private static final Pattern PATH = Pattern.compile("REPL/\\$JShell\\$(\\d+[A-Z]*)(?![0-9A-Za-z])");
    private static final Pattern NAME = Pattern.compile("REPL\\.\\$JShell\\$(\\d+[A-Z]*)(?![0-9A-Za-z]).*");
    private static final String PREFIX = "REPL/$JShell$";

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    /** Bytes after the tag of each kind of constant, by tag; of text only its length. */
    private static final int[] SIZES = {0, 2, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private static final int POOL = 8;

    private WrapperClass() {}

    /** JShell's number of the wrapper that a class is or is nested in. */
    static String number(String className) {
        Matcher matcher = NAME.matcher(className);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(className + " was not made by JShell");
        }
        return matcher.group(1);
    }

    /** The wrappers that a class refers to, by number. */
    static Set<String> references(byte[] file) {
        Set<String> numbers = new LinkedHashSet<>();
        renamed(file, number -> {
            numbers.add(number);
            return number;
        });
        return numbers;
    }

    /** The same class with other wrappers' names in place of the numbers. */
    static byte[] renamed(byte[] file, UnaryOperator<String> names) {
        return withTexts(
                file, text -> PATH.matcher(text).replaceAll(found -> Matcher.quoteReplacement(renamed(found, names))));
    }

    /** The same class with other texts in place of its constants: names, types, and literals. */
    static byte[] withTexts(byte[] file, UnaryOperator<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(file.length + 256);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
                DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(in.readNBytes(POOL));
            int count = in.readUnsignedShort();
            out.writeShort(count);
            for (int at = 1; at < count; at++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == UTF8) {
                    out.writeUTF(texts.apply(in.readUTF()));
                } else {
                    out.write(in.readNBytes(SIZES[tag]));
                }
                if (tag == LONG || tag == DOUBLE) {
                    at++;
                }
            }
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String renamed(MatchResult found, UnaryOperator<String> names) {
        return PREFIX + names.apply(found.group(1));
    }

    /** The same class without file and line numbers. */
    static byte[] withoutLines(byte[] file) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    /** The same class, open to other texts, with a text's name and lines in place of the wrapper's. */
    static byte[] withLines(byte[] file, String textName, IntUnaryOperator lines) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, new OpenAccess(writer)) {
                            @Override
                            public void visitSource(@Nullable String source, @Nullable String debug) {
                                super.visitSource(textName, null);
                            }

                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return new MethodVisitor(
                                        Opcodes.ASM9,
                                        super.visitMethod(access, name, descriptor, signature, exceptions)) {
                                    @Override
                                    public void visitLineNumber(int line, Label start) {
                                        super.visitLineNumber(lines.applyAsInt(line), start);
                                    }
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }
}
