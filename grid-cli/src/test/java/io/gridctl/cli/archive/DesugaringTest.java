package io.gridctl.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class DesugaringTest {
    private static final String PLAIN = "$$Plain$";

    @TempDir
    Path folder;

    private Path jars;
    private Path library;

    @BeforeEach
    void folders() throws IOException {
        jars = Files.createDirectory(folder.resolve("jars"));
        library = Files.createDirectory(folder.resolve("library"));
    }

    @Test
    void classesDoWhatTheyDidBefore() throws Exception {
        Path jar = sugar("grid-sugar.jar");

        Desugaring.main(new String[] {jars.toString(), library.toString()});

        String before = new Sugar().call();
        assertThat(run(jar)).isEqualTo(before);
        assertThat(run(library.resolve("grid-sugar.jar"))).isEqualTo(before);
    }

    @Test
    void onlyWhatIsSentOrConvertsIsStillLinked() throws IOException {
        Path jar = sugar("grid-sugar.jar");

        Desugaring.main(new String[] {jars.toString(), library.toString()});

        assertThat(linked(jar)).containsOnlyKeys("makeConcatWithConstants", "metafactory", "altMetafactory");
        assertThat(linked(library.resolve("grid-sugar.jar")))
                .containsOnly(
                        // A function that can be sent, and what makes it where it arrives.
                        Map.entry("altMetafactory", 2),
                        // Those that box or unbox: of length, valueOf, compareTo and of arrays.
                        Map.entry("metafactory", 4),
                        // A text with the character that stands for an argument in recipes.
                        Map.entry("makeConcatWithConstants", 1));
    }

    @Test
    void otherJarsAreCopied() throws IOException {
        Path jar = sugar("sugar.jar");
        FileTime then = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));
        Files.setLastModifiedTime(jar, then);

        Desugaring.main(new String[] {jars.toString(), library.toString()});

        assertThat(library.resolve("sugar.jar")).hasSameBinaryContentAs(jar);
        assertThat(Files.getLastModifiedTime(library.resolve("sugar.jar"))).isEqualTo(then);
    }

    @Test
    void theSameJarMakesTheSameCopy() throws IOException {
        Path jar = sugar("grid-sugar.jar");

        DesugaredJar.of(jar).write(folder.resolve("first"));
        DesugaredJar.of(jar).write(folder.resolve("second"));

        assertThat(folder.resolve("first")).hasSameBinaryContentAs(folder.resolve("second"));
    }

    @Test
    void hazelcastsLambdasAreOfTheNestsTheyStandInAndCallOnlyWhatTheyMay() throws Exception {
        Path jar = Path.of(HazelcastInstance.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path copy = library.resolve("hazelcast.jar");

        DesugaredJar.of(jar).write(copy);

        assertThat(linked(copy).get("metafactory")).isLessThan(linked(jar).get("metafactory") / 10);
        Map<String, byte[]> made = new TreeMap<>(classes(copy));
        made.keySet().removeIf(name -> !name.contains(PLAIN));
        assertThat(made).hasSizeGreaterThan(4000);
        try (URLClassLoader loader = loader(copy)) {
            made.keySet()
                    .removeIf(name ->
                            !canBeLoaded(name, loader) || !canBeLoaded(name.substring(0, name.indexOf(PLAIN)), loader));
            assertThat(made).hasSizeGreaterThan(4000);
            for (Map.Entry<String, byte[]> each : made.entrySet()) {
                Class<?> plain = Class.forName(each.getKey(), true, loader);
                assertThat(plain.getNestHost()).as(each.getKey()).isNotEqualTo(plain);
                assertThat(forbidden(plain, each.getValue())).as(each.getKey()).isEmpty();
            }
        }
    }

    /** Some extend what is in libraries that Hazelcast can do without. */
    private static boolean canBeLoaded(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader).getNestHost() != null;
        } catch (ClassNotFoundException | NoClassDefFoundError missing) {
            return false;
        }
    }

    private Path sugar(String name) throws IOException {
        Path jar = jars.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : Sugar.all()) {
                String file = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(file));
                try (InputStream in = Sugar.class.getResourceAsStream("/" + file)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }

    private static String run(Path jar) throws Exception {
        try (URLClassLoader loader = loader(jar)) {
            Constructor<?> constructor = loader.loadClass(Sugar.class.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (String) ((Callable<?>) constructor.newInstance()).call();
        }
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private static Map<String, byte[]> classes(Path jar) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        classes.put(name.substring(0, name.length() - 6).replace('/', '.'), in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /** How many instructions are left that a method links, by that method. */
    private static Map<String, Integer> linked(Path jar) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (byte[] file : classes(jar).values()) {
            instructions(file, new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... args) {
                    counts.merge(bootstrap.getName(), 1, Integer::sum);
                }
            });
        }
        return counts;
    }

    /** What a class calls that is neither of its nest nor open to it. */
    private static List<String> forbidden(Class<?> caller, byte[] file) {
        List<String> forbidden = new ArrayList<>();
        instructions(file, new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                if (!mayCall(caller, owner.replace('/', '.'), name, descriptor)) {
                    forbidden.add(owner + "." + name + descriptor);
                }
            }
        });
        return forbidden;
    }

    private static boolean mayCall(Class<?> caller, String owner, String name, String descriptor) {
        try {
            Class<?> type = Class.forName(owner, false, caller.getClassLoader());
            if (type.isNestmateOf(caller)) {
                return true;
            }
            boolean neighbour = type.getPackageName().equals(caller.getPackageName());
            MethodType parameters = MethodType.fromMethodDescriptorString(descriptor, caller.getClassLoader());
            return (neighbour || Modifier.isPublic(type.getModifiers()))
                    && isOpen(executable(type, name, parameters), caller);
        } catch (ClassNotFoundException | NoClassDefFoundError optional) {
            // Nobody calls here what needs a library that is missing.
            return true;
        } catch (NoSuchMethodException missing) {
            throw new LinkageError(missing.getMessage(), missing);
        }
    }

    private static boolean isOpen(Member member, Class<?> caller) {
        return Modifier.isPublic(member.getModifiers())
                || (!Modifier.isPrivate(member.getModifiers())
                        && member.getDeclaringClass().getPackageName().equals(caller.getPackageName()));
    }

    private static Member executable(Class<?> type, String name, MethodType parameters) throws NoSuchMethodException {
        if (name.equals("<init>")) {
            return type.getDeclaredConstructor(parameters.parameterArray());
        }
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            try {
                return declaring.getDeclaredMethod(name, parameters.parameterArray());
            } catch (NoSuchMethodException inherited) {
                // A superclass's, or an interface's.
            }
        }
        return type.getMethod(name, parameters.parameterArray());
    }

    private static void instructions(byte[] file, MethodVisitor visitor) {
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return visitor;
                            }
                        },
                        ClassReader.SKIP_DEBUG);
    }
}
