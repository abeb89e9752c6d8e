package io.gridctl.cli.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** A jar whose classes leave no lambda and no string concatenation to be linked when they run. */
final class DesugaredJar {
    private static final String CLASS = ".class";

    /** The same for all that is added, so that the same jar makes the same copy. */
    private static final LocalDateTime ADDED = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** The classes to be added to a nest, by the nest's host. */
    private final Map<String, List<String>> nestMembers = new LinkedHashMap<>();

    private record Entry(byte[] bytes, LocalDateTime time) {}

    private DesugaredJar() {}

    /** @param jar is left as it is */
    static DesugaredJar of(Path jar) throws IOException {
        DesugaredJar desugared = new DesugaredJar();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> all = file.entries();
            while (all.hasMoreElements()) {
                desugared.add(file, all.nextElement());
            }
        }
        desugared.nestMembers.forEach(desugared::extendNest);
        return desugared;
    }

    void write(Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTimeLocal(entry.getValue().time());
                out.putNextEntry(header);
                out.write(entry.getValue().bytes());
                out.closeEntry();
            }
        }
    }

    private void add(ZipFile file, ZipEntry header) throws IOException {
        byte[] bytes;
        try (InputStream in = file.getInputStream(header)) {
            bytes = in.readAllBytes();
        }
        String name = header.getName();
        // Below META-INF lie other versions of classes, whose lambdas would want classes of the same names.
        boolean plain = name.endsWith(CLASS) && !name.startsWith("META-INF/");
        entries.put(name, new Entry(plain ? desugar(bytes) : bytes, header.getTimeLocal()));
    }

    private byte[] desugar(byte[] file) {
        ClassReader reader = new ClassReader(file);
        if (!DesugaredClass.isWorthwhile(reader)) {
            return file;
        }
        DesugaredClass desugared = new DesugaredClass();
        reader.accept(desugared, 0);
        desugared.lambdas().forEach((name, lambda) -> {
            entries.put(name + CLASS, new Entry(lambda, ADDED));
            nestMembers
                    .computeIfAbsent(desugared.nestHost(), host -> new ArrayList<>())
                    .add(name);
        });
        return desugared.isChanged() ? desugared.bytes() : file;
    }

    private void extendNest(String host, List<String> members) {
        Entry entry = entries.get(host + CLASS);
        if (entry == null) {
            throw new IllegalStateException(
                    "there is no class " + host + ", which is to be the nest host of " + members);
        }
        entries.put(host + CLASS, new Entry(withNestMembers(entry.bytes(), members), entry.time()));
    }

    private static byte[] withNestMembers(byte[] host, List<String> members) {
        ClassReader reader = new ClassReader(host);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visitEnd() {
                        members.forEach(this::visitNestMember);
                        super.visitEnd();
                    }
                },
                0);
        return writer.toByteArray();
    }
}
