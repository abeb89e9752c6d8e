package io.gridctl.node.client;

import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.ClientProgram;
import io.gridctl.node.code.Program;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.CodePack.PackedClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The program of this client: turns functions and values into bytes, and knows which of its classes each engine has.
 * Classes ride in messages until the engine has confirmed one that carried them.
 */
final class ClientCode {
    private final PayloadCodec codec = new PayloadCodec();
    private final ClientProgram program;
    private final StoredClasses stored;
    private final UUID client;
    private final CallLimit limit;
    private final Map<UUID, Map<String, Integer>> confirmed = new ConcurrentHashMap<>();

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

    @Nullable
    Object read(byte[] bytes, ClassLoader reader) {
        return codec.decode(bytes, reader);
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

    void forget(EngineRef engine) {
        confirmed.remove(engine.member().getUuid());
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
