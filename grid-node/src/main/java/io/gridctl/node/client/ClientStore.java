package io.gridctl.node.client;

import io.gridctl.NoSuchNameException;
import io.gridctl.UnknownClassException;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.PayloadException;
import io.gridctl.node.payload.ValueSink;
import io.gridctl.node.shell.TextClasses;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.PushCall;
import io.gridctl.node.task.PushCall.NamedBytes;
import io.gridctl.node.task.StoredValue;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Named values as this client brings them to engines, and reads them from the maps that hold them. */
final class ClientStore {
    private static final int READ_ATTEMPTS = 20;

    private final ClientCore core;
    private final WaitingValues waiting;

    ClientStore(ClientCore core) {
        this.core = core;
        waiting = new WaitingValues(core);
    }

    /** A value on its way: its record, which is made when the engines are to have it, and what travels with it. */
    record Outgoing(List<Shipment> shipments, IntFunction<StoredValue> toRecord) {}

    /**
     * A value to be brought to the grid.
     *
     * @param what what it is to the caller, for messages
     * @param lasts whether nobody changes it before it is there, so that it need not be copied now
     * @throws io.gridctl.NotShippableException if it cannot be sent
     */
    Outgoing outgoing(String what, @Nullable Object value, boolean lasts) {
        if (lasts && value != null && ArraySource.fits(value)) {
            return outgoing(value.getClass(), new ArraySource(value, 0, 1, Array.getLength(value)));
        }
        Shipment shipment = core.code().ship(what, value);
        String typeName = value == null ? "null" : value.getClass().getName();
        return new Outgoing(
                List.of(shipment),
                references -> record(
                        typeName, core.code().keep(shipment), LargeValues.Source.of(shipment.payload()), references));
    }

    /** Some elements of an array that nobody changes before they are there. */
    Outgoing outgoing(Class<?> type, ArraySource elements) {
        return new Outgoing(List.of(), references -> record(type.getName(), "", elements, references));
    }

    /** The record of a value; large bytes are brought to the grid. Blocks. */
    private StoredValue record(String typeName, String program, LargeValues.Source bytes, int references) {
        if (bytes.length() >= LargeValues.LARGE) {
            UUID blob = core.largeValues().write(bytes, references);
            return StoredValue.of(typeName, program, blob, bytes.length()).sharedBy(references);
        }
        byte[] small = new byte[(int) bytes.length()];
        bytes.fill(0, ByteBuffer.wrap(small));
        return StoredValue.of(typeName, program, small);
    }

    /** Has an engine take values once they are ready, after what it was told to store before. */
    @SuppressWarnings("FutureReturnValueIgnored") // If they do not get ready, who pushes them is told.
    CompletableFuture<@Nullable Object> push(
            EngineLink engine, CompletableFuture<List<NamedBytes>> ready, Collection<Shipment> shipments) {
        CompletableFuture<@Nullable Object> pushed = engine.inOrder(() -> ready.thenCompose(named -> {
            CodePack code = core.code().pack(engine.engine(), shipments);
            return engine.ask(new PushCall(core.clientId(), code, named)).whenComplete((answer, trouble) -> {
                if (trouble == null) {
                    core.code().arrived(engine.engine(), code);
                } else {
                    release(named);
                }
            });
        }));
        ready.thenAccept(named -> waiting.keep(engine.engineId(), named, pushed));
        return pushed;
    }

    /** An engine that was not told of a large value will never release it. */
    private void release(List<NamedBytes> named) {
        for (NamedBytes value : named) {
            UUID blob = value.value().blob();
            if (blob != null) {
                core.workers()
                        .execute(() ->
                                core.largeValues().release(blob, value.value().length(), 1));
            }
        }
    }

    /** Where large values are to be read to, rather than into arrays of their own. */
    interface Places {
        ValueSink.@Nullable Place of(StoredValue stored);
    }

    /** Reads the values of one name; a large one that several engines refer to crosses once. */
    final class Reading {
        private final String name;
        private final ClassLoader reader;
        private final Map<UUID, CompletableFuture<Whole>> large = new HashMap<>();

        Reading(String name, ClassLoader reader) {
            this.name = name;
            this.reader = reader;
        }

        /** The value on one engine, whether the engine is there or not. */
        CompletableFuture<@Nullable Object> of(int engineId) {
            return of(engineId, stored -> null);
        }

        /** The same; of an array that has a place, and fits there, the place is the value. */
        CompletableFuture<@Nullable Object> of(int engineId, Places places) {
            return fetch(engineId, places, READ_ATTEMPTS).thenApply(fetched -> read(engineId, fetched));
        }

        /** A large value may be replaced between its record and its pieces; then there is a new record. */
        private CompletableFuture<Fetched> fetch(int engineId, Places places, int attempts) {
            return core.namespace(engineId)
                    .getAsync(name)
                    .toCompletableFuture()
                    .thenComposeAsync(
                            stored -> {
                                if (stored == null) {
                                    throw new NoSuchNameException(engineId, name);
                                }
                                return taken(stored, places).thenApply(taken -> new Fetched(taken, stored.program()));
                            },
                            core.workers())
                    .exceptionallyCompose(trouble ->
                            attempts > 1 && LinkTrouble.peel(trouble) instanceof LargeValues.ReplacedException
                                    ? fetch(engineId, places, attempts - 1)
                                    : CompletableFuture.failedFuture(trouble));
        }

        private CompletableFuture<ValueSink.Taken> taken(StoredValue stored, Places places) {
            UUID blob = stored.blob();
            if (blob == null) {
                return CompletableFuture.completedFuture(new ValueSink.Taken(stored.bytes(), false));
            }
            ValueSink.Place place = places.of(stored);
            if (place != null) {
                return large(blob, new ValueSink(stored.length(), place));
            }
            synchronized (large) {
                return large.computeIfAbsent(
                                blob,
                                id -> large(id, new ValueSink(stored.length()))
                                        .thenApply(taken -> new Whole(taken, new AtomicBoolean())))
                        .thenApply(Whole::take);
            }
        }

        private CompletableFuture<ValueSink.Taken> large(UUID blob, ValueSink sink) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        core.largeValues().read(blob, sink.length(), sink);
                        return sink.taken();
                    },
                    core.workers());
        }

        private @Nullable Object read(int engineId, Fetched fetched) {
            if (fetched.taken().isElements()) {
                return fetched.taken().value();
            }
            try {
                return core.code().read(fetched.taken().bytes(), reader);
            } catch (PayloadException unreadable) {
                throw explained(engineId, fetched, unreadable);
            }
        }

        private RuntimeException explained(int engineId, Fetched fetched, PayloadException unreadable) {
            String differing = unreadable.differingClass().orElse(null);
            if (differing != null && !fetched.program().isEmpty()) {
                return core.code()
                        .otherVersion(
                                "'" + name + "' on engine " + engineId,
                                differing,
                                fetched.program(),
                                reader,
                                unreadable);
            }
            if (unreadable.missingClass().isEmpty()) {
                return unreadable;
            }
            String missing = unreadable.missingClass().get();
            String text = core.code().describe(fetched.taken().bytes(), fetched.program());
            if (TextClasses.isOne(missing)) {
                return TextClasses.explain(
                        "the value of '" + name + "' on engine " + engineId, name, missing, text, unreadable);
            }
            return new UnknownClassException(
                    "the value of '" + name + "' on engine " + engineId + " needs the class " + missing
                            + ", which this program does not have; put it on this program's class path."
                            + (text.isEmpty() ? "" : " The value: " + text),
                    missing,
                    text,
                    unreadable);
        }
    }

    /** A large value that has come. Of an array the first who takes it gets this one, others get their own. */
    private record Whole(ValueSink.Taken taken, AtomicBoolean given) {
        ValueSink.Taken take() {
            return !taken.isElements() || given.compareAndSet(false, true) ? taken : taken.copy();
        }
    }

    /** A stored value, and the program that has its classes. */
    private record Fetched(ValueSink.Taken taken, String program) {}
}
