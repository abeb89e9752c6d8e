package io.gridctl.node.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.NotShippableException;
import io.gridctl.function.RemoteCallable;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassVersionsTest {
    private static final int HERE = Runtime.version().feature();
    private static final String SENTENCE = "the class demo.Fresh was compiled for Java 99, and this engine runs Java "
            + HERE + ". Compile it with --release " + HERE + ", or start the engines with a JDK 99 or newer";
    private static final String FRESH = """
            package demo;
            public class Fresh {
                public int x = 1;
                public static Object make() { return new Fresh(); }
            }
            """;
    private static final String MAIN = """
            package demo;
            import io.gridctl.function.RemoteCallable;
            public class Main {
                public static Object make() { RemoteCallable<Integer> f = () -> new Fresh().x; return f; }
            }
            """;

    @TempDir
    Path folder;

    private final ClientProgram client = new ClientProgram(new PayloadCodec());
    private final ProgramLoaders engine = ProgramLoaders.shipping(CodeSource.NONE, null);

    /** The same class file, as a compiler of Java 99 might mark it. */
    private static ClassFile asOfJava99(ClassFile file) {
        byte[] bytes = file.bytes().clone();
        bytes[6] = 0;
        bytes[7] = (byte) (44 + 99);
        return ClassFile.of(file.name(), bytes);
    }

    private @Nullable Object arriveWithNewerClass(Shipment shipment) {
        Program program = shipment.program();
        List<ClassFile> pack = program.classes(0, shipment.classCount()).stream()
                .map(file -> file.name().equals("demo.Fresh") ? asOfJava99(file) : file)
                .toList();
        engine.add(program.id(), 0, pack);
        return engine.decode(program.id(), shipment.payload());
    }

    @Test
    void aValueOfAClassThatIsTooNewForTheEngineIsASentence() throws Exception {
        Object value = UserCode.call(UserCode.compile(folder, FRESH), "demo.Fresh", "make");
        Shipment shipment = client.ship("value", value);

        assertThatThrownBy(() -> arriveWithNewerClass(shipment))
                .isInstanceOf(PayloadException.class)
                .hasMessage("The value cannot be read: " + SENTENCE + ".");
    }

    @Test
    void aClassThatIsTooNewForTheEngineFailsTheTaskThatUsesIt() throws Exception {
        Object function = UserCode.call(UserCode.compile(folder, FRESH, MAIN), "demo.Main", "make");
        RemoteCallable<?> there =
                (RemoteCallable<?>) Objects.requireNonNull(arriveWithNewerClass(client.ship("function", function)));

        assertThatThrownBy(there::call)
                .isInstanceOf(UnsupportedClassVersionError.class)
                .hasMessage(SENTENCE);
    }

    @Test
    void aClassFileThatIsNoneIsRefusedAtTheClient() throws Exception {
        ClassLoader honest = UserCode.compile(folder, FRESH);
        ClassLoader lying = new ClassLoader(honest) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.equals("demo.Fresh")) {
                    return super.loadClass(name, resolve);
                }
                try (InputStream file = Objects.requireNonNull(honest.getResourceAsStream("demo/Fresh.class"))) {
                    byte[] bytes = file.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (java.io.IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }

            @Override
            public InputStream getResourceAsStream(String name) {
                return new ByteArrayInputStream(new byte[] {1, 2, 3});
            }
        };
        Object value = UserCode.call(lying, "demo.Fresh", "make");

        assertThatThrownBy(() -> client.ship("value", value))
                .isInstanceOf(NotShippableException.class)
                .hasMessageStartingWith(
                        "cannot send the value: the class file of demo.Fresh cannot be read: it is not a class file.");
        assertThat(value.getClass().getName()).isEqualTo("demo.Fresh");
    }
}
