package io.gridctl.node.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.NotShippableException;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.PayloadException;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippingTest {
    @TempDir
    static Path demoFolder;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileTheDemo() throws IOException {
        DemoProgram.compile(demoFolder);
    }

    private final PayloadCodec codec = new PayloadCodec();
    private final ClientProgram client = new ClientProgram(codec);
    private final ProgramLoaders engine = ProgramLoaders.shipping(CodeSource.NONE, null);

    /** The demo under a loader of its own. */
    private static ClassLoader demo() throws IOException {
        return DemoProgram.loader(demoFolder);
    }

    private @Nullable Object arrive(Shipment shipment) {
        return arrive(engine, shipment);
    }

    private static @Nullable Object arrive(ProgramLoaders engine, Shipment shipment) {
        Program program = shipment.program();
        int from = Math.min(engine.count(program.id()), shipment.classCount());
        engine.add(program.id(), from, program.classes(from, shipment.classCount()));
        return engine.decode(program.id(), shipment.payload());
    }

    private static int apply(@Nullable Object function, Object argument) throws Exception {
        @SuppressWarnings("unchecked")
        RemoteFunction<Object, Integer> typed = (RemoteFunction<Object, Integer>) Objects.requireNonNull(function);
        return typed.apply(argument);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 11",
        "helper, 20",
        "capturing, 78",
        "staticReference, 20",
        "boundReference, 110",
        "withThis, 110",
        "inner, 16",
        "anonymous, 20",
        "onlyInside, 11"
    })
    void aFunctionThatTheEngineHasNeverSeenRuns(String method, int result) throws Exception {
        ClassLoader here = demo();

        Object there = arrive(client.ship("function", UserCode.call(here, "demo.Main", method)));

        assertThat(apply(there, 10)).isEqualTo(result);
        assertThat(Objects.requireNonNull(there).getClass().getClassLoader())
                .isInstanceOf(ProgramLoader.class)
                .isNotSameAs(here);
    }

    @Test
    void onlyTheUsersClassesTravel() throws Exception {
        client.ship("function", UserCode.call(demo(), "demo.Main", "plain"));

        Program program = client.current();

        assertThat(program.classes(0, program.size()))
                .extracting(ClassFile::name)
                .contains("demo.Main", "demo.Point", "demo.Colour", "demo.Colour$1", "demo.help.Helper")
                .allMatch(name -> name.startsWith("demo."));
    }

    @Test
    void aSecondShipmentAddsNothingAndIsQuick() throws Exception {
        ClassLoader here = demo();
        Object function = UserCode.call(here, "demo.Main", "capturing");
        Shipment first = client.ship("function", function);
        int size = client.current().size();

        Shipment second = client.ship("function", function);
        Shipment constant = client.ship("function", UserCode.call(here, "demo.Main", "plain"));

        assertThat(second.program()).isSameAs(first.program());
        assertThat(second.classCount()).isEqualTo(first.classCount());
        assertThat(client.current().size()).isEqualTo(size);
        assertThat(client.ship("function", UserCode.call(here, "demo.Main", "plain")))
                .isSameAs(constant);
    }

    @Test
    void aValueNeedsOnlyItsOwnClasses() throws Exception {
        Shipment shipment = client.ship("value", UserCode.call(demo(), "demo.Main", "point"));

        assertThat(shipment.classCount()).isEqualTo(1);
        assertThat(arrive(shipment)).hasToString("Point[x=3, y=4]");
        assertThat(client.ship("value", List.of(1, "a")).classCount()).isZero();
    }

    @Test
    void classesAreTheSameFromOneShipmentToTheNext() throws Exception {
        ClassLoader here = demo();
        apply(arrive(client.ship("function", UserCode.call(here, "demo.Main", "keep"))), 4);
        Object point = arrive(client.ship("value", UserCode.call(here, "demo.Main", "point")));

        Object sumOf = arrive(client.ship("function", UserCode.call(here, "demo.Main", "sumOf")));

        assertThat(apply(sumOf, Objects.requireNonNull(point))).isEqualTo(7);
        assertThat(apply(arrive(client.ship("function", UserCode.call(here, "demo.Main", "read"))), 1))
                .isEqualTo(9);
        assertThat((List<?>) field(here, "kept")).isEmpty();
    }

    private static Object field(ClassLoader loader, String name) throws ReflectiveOperationException {
        var field = loader.loadClass("demo.Main").getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    private static String version(int number) {
        return """
                package demo;
                import io.gridctl.function.RemoteFunction;
                public class Main {
                    public static Object make() { RemoteFunction<Integer, Integer> f = x -> Other.value() + x; return f; }
                    public static Object capture() { int c = 1; RemoteFunction<Integer, Integer> f = x -> Other.value() + x + c; return f; }
                }
                class Other { static int value() { return %d; } }
                """.formatted(number);
    }

    @Test
    void anEditedClassOpensANewProgramWhileTheOldOneGoesOn() throws Exception {
        ClassLoader before = UserCode.compile(folder.resolve("1"), version(1000));
        ClassLoader after = UserCode.compile(folder.resolve("2"), version(2000));
        Shipment old = client.ship("function", UserCode.call(before, "demo.Main", "make"));
        Object oldThere = arrive(old);

        Shipment edited = client.ship("function", UserCode.call(after, "demo.Main", "make"));
        Object newThere = arrive(edited);

        assertThat(edited.program()).isNotSameAs(old.program()).isSameAs(client.current());
        assertThat(apply(newThere, 1)).isEqualTo(2001);
        assertThat(apply(oldThere, 1)).isEqualTo(1001);
        assertThat(client.ship("function", UserCode.call(before, "demo.Main", "capture"))
                        .program())
                .isSameAs(old.program());
        assertThat(client.ship("function", UserCode.call(after, "demo.Main", "capture"))
                        .program())
                .isSameAs(edited.program());
    }

    @Test
    void theSameClassesUnderANewLoaderStayInTheProgram() throws Exception {
        ClassLoader first = demo();
        ClassLoader second = demo();

        Shipment one = client.ship("function", UserCode.call(first, "demo.Main", "helper"));
        Shipment two = client.ship("function", UserCode.call(second, "demo.Main", "helper"));

        assertThat(two.program()).isSameAs(one.program());
        assertThat(two.classCount()).isEqualTo(one.classCount());
    }

    @Test
    void twoVersionsInOneShipmentAreRefused() throws Exception {
        ClassLoader before = UserCode.compile(folder.resolve("1"), version(1));
        ClassLoader after = UserCode.compile(folder.resolve("2"), version(2));
        List<Object> both =
                List.of(UserCode.call(before, "demo.Main", "make"), UserCode.call(after, "demo.Main", "make"));

        assertThatThrownBy(() -> client.ship("argument", both))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("two versions of the class demo.");
    }

    @Test
    void aClassThatWasNotSentIsAskedForOnce() throws Exception {
        ClassLoader here = demo();
        byte[] late = Files.readAllBytes(demoFolder.resolve("classes/demo/Late.class"));
        List<String> asked = new ArrayList<>();
        ProgramLoaders asking = ProgramLoaders.shipping(
                new CodeSource() {
                    @Override
                    public Answer<ClassFile> classes(String program, String name) {
                        asked.add(name);
                        return name.equals("demo.Late")
                                ? Answer.of(List.of(ClassFile.of(name, late)))
                                : new Answer<>(List.of(), "", true);
                    }

                    @Override
                    public Answer<byte[]> resources(String program, String name) {
                        return NONE.resources(program, name);
                    }
                },
                null);
        Object function = arrive(asking, client.ship("function", UserCode.call(here, "demo.Main", "byName")));

        assertThat(apply(function, 1)).isEqualTo(51);
        assertThat(apply(function, 2)).isEqualTo(52);
        assertThat(asked).containsExactly("demo.Late");
    }

    @Test
    void theEnginesExtraClassPathComesLast() throws Exception {
        ClassLoader here = demo();
        ClassLoader extra = UserCode.compile(folder.resolve("extra"), DemoProgram.LATE.replace("50", "70"));
        ProgramLoaders engineWithExtra = ProgramLoaders.shipping(CodeSource.NONE, extra);

        Object function = arrive(engineWithExtra, client.ship("function", UserCode.call(here, "demo.Main", "byName")));

        assertThat(apply(function, 1)).isEqualTo(71);
    }

    @Test
    void packsMayComeTwiceAndOutOfOrder() throws Exception {
        Shipment shipment = client.ship("function", UserCode.call(demo(), "demo.Main", "capturing"));
        Program program = shipment.program();
        int all = shipment.classCount();

        engine.add(program.id(), 2, program.classes(2, all));
        int withoutTheFirst = engine.count(program.id());
        engine.add(program.id(), 0, program.classes(0, 3));
        engine.add(program.id(), 0, program.classes(0, 3));

        assertThat(withoutTheFirst).isZero();
        assertThat(engine.count(program.id())).isEqualTo(all);
        assertThat(apply(engine.decode(program.id(), shipment.payload()), 10)).isEqualTo(78);
    }

    @Test
    void aMissingClassIsNamedInASentence() throws Exception {
        Shipment shipment = client.ship("function", UserCode.call(demo(), "demo.Main", "capturing"));

        assertThatThrownBy(() -> engine.decode(shipment.program().id(), shipment.payload()))
                .isInstanceOf(PayloadException.class)
                .hasMessage("The value needs the class demo.Main, which the reader does not have.");
    }

    @Test
    void aValueOfAnotherVersionOfItsClassIsReported() throws Exception {
        ClassLoader here = demo();
        byte[] payload =
                client.ship("value", UserCode.call(here, "demo.Main", "point")).payload();
        ClassLoader edited = UserCode.compile(
                folder.resolve("2"),
                DemoProgram.POINT.replace("int y", "long y").replace("public int sum", "public long sum"));

        assertThatThrownBy(() -> codec.decode(payload, edited))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("another version of the class demo.Point");
    }

    @Test
    void theEnginesOwnLibrariesStayOutOfSight() throws Exception {
        ClassLoader program = engine.loader("p");

        assertThat(program.loadClass("io.gridctl.function.RemoteFunction")).isSameAs(RemoteFunction.class);
        assertThat(program.loadClass("com.hazelcast.core.HazelcastInstance")).isNotNull();
        assertThatThrownBy(() -> program.loadClass("org.slf4j.Logger")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> program.loadClass("io.gridctl.node.code.Program"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aProgramCanBeShippedOnFromAnEngine() throws Exception {
        Object there = arrive(client.ship("function", UserCode.call(demo(), "demo.Main", "capturing")));
        ClientProgram second = new ClientProgram(new PayloadCodec());
        ProgramLoaders furtherEngine = ProgramLoaders.shipping(CodeSource.NONE, null);

        Object further = arrive(furtherEngine, second.ship("function", there));

        assertThat(apply(further, 10)).isEqualTo(78);
        assertThat(further).isNotNull().isNotSameAs(there);
    }

    @Test
    void anEngineInThisProcessSharesTheProgramsClasses() throws Exception {
        ClassLoader here = demo();
        ProgramLoaders local = ProgramLoaders.inProcess(here);
        Shipment shipment = client.ship("value", UserCode.call(here, "demo.Main", "point"));

        Object there = local.decode(shipment.program().id(), shipment.payload());

        assertThat(ClientProgram.inProcess(codec).ship("value", there).classCount())
                .isZero();
        assertThat(local.count(shipment.program().id())).isGreaterThan(shipment.classCount());
        assertThat(there).isEqualTo(UserCode.call(here, "demo.Main", "point"));
    }

    @Test
    void manyThreadsMayShipAndReadAtOnce() throws Exception {
        ClassLoader here = demo();
        List<String> methods = List.of("capturing", "helper", "withThis", "anonymous");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String method = methods.get(i % methods.size());
                results.add(threads.submit(() ->
                        apply(arrive(client.ship("function", UserCode.call(here, "demo.Main", method))), 10)));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get())
                        .isEqualTo(List.of(78, 20, 110, 20).get(i % methods.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aReleasedProgramIsCollected() throws Exception {
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        PhantomReference<ClassLoader> engineLoader = useAndRelease(queue);

        assertThat(collected(queue)).isTrue();
        assertThat(engineLoader.refersTo(null)).isTrue();
    }

    private PhantomReference<ClassLoader> useAndRelease(ReferenceQueue<ClassLoader> queue) throws Exception {
        ClassLoader here = demo();
        String id = client.current().id();
        for (String method : List.of("capturing", "keep", "point", "anonymous")) {
            Object there =
                    Objects.requireNonNull(arrive(client.ship("function", UserCode.call(here, "demo.Main", method))));
            if (there instanceof RemoteFunction) {
                apply(there, 3);
            }
            engine.codec(id).encode(there);
            codec.encode(there);
        }
        PhantomReference<ClassLoader> reference = new PhantomReference<>(engine.loader(id), queue);
        engine.release(id);
        return reference;
    }

    @Test
    void aClientKeepsNoLoaderOfItsOwnProgramAlive() throws Exception {
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        PhantomReference<ClassLoader> clientLoader = shipAndForget(queue);

        assertThat(collected(queue)).isTrue();
        assertThat(clientLoader.refersTo(null)).isTrue();
    }

    private PhantomReference<ClassLoader> shipAndForget(ReferenceQueue<ClassLoader> queue) throws Exception {
        ClassLoader here = demo();
        for (String method : List.of("plain", "capturing", "point", "boundReference")) {
            Shipment shipment = client.ship("function", UserCode.call(here, "demo.Main", method));
            codec.decode(shipment.payload(), here);
        }
        return new PhantomReference<>(here, queue);
    }

    private static boolean collected(ReferenceQueue<ClassLoader> queue) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            System.gc();
            if (queue.remove(100) != null) {
                return true;
            }
        }
        return false;
    }
}
