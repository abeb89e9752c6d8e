package io.gridctl.cli.code;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Makes the jars that build tools make. */
final class Jars {
    private Jars() {}

    /** A jar of what is in a folder. */
    static Path of(Path jar, Path classes) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
            addFolder(out, "", classes);
        }
        return jar;
    }

    static Manifest manifest(String mainClass) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        return manifest;
    }

    /** A jar that can be run. */
    static Path runnable(Path jar, Path classes, String mainClass) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest(mainClass))) {
            addFolder(out, "", classes);
        }
        return jar;
    }

    /** A jar that holds the content of all its libraries. */
    static Path fat(Path jar, Path classes, List<Path> libraries, String mainClass) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest(mainClass))) {
            out.setLevel(0);
            Set<String> seen = addFolder(out, "", classes);
            for (Path library : libraries) {
                unpack(library, out, seen);
            }
        }
        return jar;
    }

    /** The layout of Spring Boot: its loader unpacked, classes and whole jars beside it. */
    static Path springBoot(Path jar, Path classes, List<Path> libraries, Path bootLoader, String mainClass)
            throws IOException {
        Manifest manifest = manifest("org.springframework.boot.loader.launch.JarLauncher");
        manifest.getMainAttributes().putValue("Start-Class", mainClass);
        manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            unpack(bootLoader, out, new HashSet<>());
            out.putNextEntry(new JarEntry("BOOT-INF/"));
            out.putNextEntry(new JarEntry("BOOT-INF/classes/"));
            addFolder(out, "BOOT-INF/classes/", classes);
            out.putNextEntry(new JarEntry("BOOT-INF/lib/"));
            for (Path library : libraries) {
                store(out, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
            }
        }
        return jar;
    }

    /** Nested jars are not compressed, so that they can be read in place. */
    private static void store(JarOutputStream out, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
    }

    private static Set<String> addFolder(JarOutputStream out, String prefix, Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                names.add(name);
                out.putNextEntry(new JarEntry(prefix + name));
                write(file, out);
            }
        }
        return names;
    }

    private static void write(Path file, OutputStream out) throws IOException {
        out.write(Files.readAllBytes(file));
    }

    private static void unpack(Path library, JarOutputStream out, Set<String> seen) throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                boolean signature = name.startsWith("META-INF/") && name.matches(".*\\.(SF|RSA|DSA|MF)");
                if (!entry.isDirectory() && !signature && seen.add(name)) {
                    out.putNextEntry(new JarEntry(name));
                    out.write(jar.getInputStream(entry).readAllBytes());
                }
            }
        }
    }
}
