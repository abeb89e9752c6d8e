package io.gridctl.node.client;

import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.ClientProgram;
import io.gridctl.node.code.OtherVersion;
import io.gridctl.node.code.Program;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.PayloadException;
import io.gridctl.node.payload.ValueText;
import io.gridctl.node.task.CodeAnswerCall;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.CodePack.PackedClass;
import io.gridctl.node.task.CodeQuestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of this client: turns functions and values into bytes, and knows which of its classes each engine has.
 * Classes ride in messages until the engine has confirmed one that carried them.
 */
final class ClientCode {
    private static final Logger log = LoggerFactory.getLogger(ClientCode.class);

    private final PayloadCodec codec = new PayloadCodec();
    private final ClientProgram program;
    private final StoredClasses stored;
    private final UUID client;
    private final CallLimit limit;
    private final Map<UUID, Map<String, Integer>> confirmed = new ConcurrentHashMap<>();
    /** Classes that an engine has because it asked for them, by program. */
    private final Map<UUID, Map<String, Set<String>>> answered = new ConcurrentHashMap<>();

    /** Whether engines need the classes: those in this process have them. */
    ClientCode(StoredClasses stored, UUID client, boolean ships, long maxCallBytes) {
        this.stored = stored;
        this.client = client;
        limit = new CallLimit(codec, maxCallBytes);
        program = ships ? new ClientProgram(codec) : ClientProgram.inProcess(codec);
    }

    /** Has the codec's classes loaded before the first call needs them. */
    void warmUp() {
        codec.decode(codec.encode(new ArrayList<>(List.of(1, "warm"))), ClientCode.class.getClassLoader());
    }

    /** A value on its way to the grid's memory. */
    Shipment ship(String what, @Nullable Object value) {
        return program.ship(what, value);
    }

    /** The function of a call. */
    Shipment shipFunction(Object function) {
        return limit.function(function, program.ship("function", function));
    }

    /** An argument of a call. */
    Shipment shipArgument(String what, @Nullable Object argument) {
        return limit.argument(what, argument, program.ship(what, argument));
    }

    /** Writes what {@link PayloadCodec#isConstant} holds for. */
    byte[] encodeConstant(@Nullable Object value) {
        return codec.encode(value);
    }

    @Nullable
    Object read(byte[] bytes, ClassLoader reader) {
        return codec.decode(bytes, reader);
    }

    /** A value whose classes are not here, as text; empty if that cannot be told either. Blocks. */
    String describe(byte[] bytes, String writer) {
        return ValueText.of(bytes, name -> stored.find(writer, name).map(ClassFile::bytes))
                .orElse("");
    }

    /** Why a stored value cannot be read here, with both versions of its class. Blocks. */
    PayloadException otherVersion(
            String value, String className, String writer, ClassLoader reader, PayloadException cause) {
        String now = ClientProgram.classFile(reader, className)
                .map(OtherVersion::version)
                .orElse("a class that was made at run time");
        return OtherVersion.explain(
                value, className, writer, stored.find(writer, className), "here with " + now, cause);
    }

    /** The classes of a program that an engine is not known to have. */
    CodePack pack(EngineRef engine, Program of, int classCount) {
        int has = confirmed
                .computeIfAbsent(engine.member().getUuid(), member -> new ConcurrentHashMap<>())
                .getOrDefault(of.id(), 0);
        List<PackedClass> classes = has >= classCount
                ? List.of()
                : of.classes(has, classCount).stream()
                        .map(file -> new PackedClass(file.name(), file.bytes()))
                        .toList();
        return new CodePack(of.id(), has, classes);
    }

    /** For values, which may be of several programs only if a class was edited between them; the last one rides. */
    CodePack pack(EngineRef engine, Collection<Shipment> shipments) {
        CodePack pack = new CodePack("", 0, List.of());
        for (Shipment shipment : shipments) {
            if (shipment.classCount() > 0) {
                pack = pack(engine, shipment.program(), shipment.classCount());
            }
        }
        return pack;
    }

    void arrived(EngineRef engine, CodePack pack) {
        if (!pack.classes().isEmpty()) {
            confirmed
                    .computeIfAbsent(engine.member().getUuid(), member -> new ConcurrentHashMap<>())
                    .merge(pack.program(), pack.first() + pack.classes().size(), Math::max);
        }
    }

    /** What an engine asked for, as far as this client has it. Reads files. */
    CodeAnswerCall answer(EngineRef engine, UUID client, CodeQuestion question) {
        try {
            return question.resource()
                    ? new CodeAnswerCall(
                            client,
                            question.number(),
                            List.of(),
                            program.resources(question.program(), question.name()),
                            "")
                    : new CodeAnswerCall(client, question.number(), classes(engine, question), List.of(), "");
        } catch (RuntimeException e) {
            log.warn("engine {} asked for {} and cannot have it", engine.id(), question.name(), e);
            return new CodeAnswerCall(client, question.number(), List.of(), List.of(), String.valueOf(e.getMessage()));
        }
    }

    private List<PackedClass> classes(EngineRef engine, CodeQuestion question) {
        UUID member = engine.member().getUuid();
        int has = confirmed.getOrDefault(member, Map.of()).getOrDefault(question.program(), 0);
        Set<String> sent = answered.computeIfAbsent(member, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(question.program(), id -> ConcurrentHashMap.newKeySet());
        List<PackedClass> classes = program.find(question.program(), question.name(), has, sent).stream()
                .map(file -> new PackedClass(file.name(), file.bytes()))
                .toList();
        classes.forEach(file -> sent.add(file.name()));
        return classes;
    }

    void forget(EngineRef engine) {
        confirmed.remove(engine.member().getUuid());
        answered.remove(engine.member().getUuid());
    }

    /** Stores the classes that a stored value needs, and says whose they are; nobody's if it needs none. */
    String keep(Shipment shipment) {
        if (shipment.classCount() == 0) {
            return "";
        }
        List<ClassFile> classes = shipment.program().classes(0, shipment.classCount());
        stored.keep(shipment.program().id(), client, classes);
        return shipment.program().id();
    }
}
