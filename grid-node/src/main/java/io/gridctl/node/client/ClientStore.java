package io.gridctl.node.client;

import io.gridctl.NoSuchNameException;
import io.gridctl.UnknownClassException;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.payload.PayloadException;
import io.gridctl.node.shell.TextClasses;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.PushCall;
import io.gridctl.node.task.PushCall.NamedBytes;
import io.gridctl.node.task.StoredValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Named values as this client brings them to engines, and reads them from the maps that hold them. */
final class ClientStore {
    private static final int READ_ATTEMPTS = 20;

    private final ClientCore core;

    ClientStore(ClientCore core) {
        this.core = core;
    }

    /** The record of a value; the classes it needs and large bytes are brought to the grid. Blocks. */
    StoredValue record(@Nullable Object value, Shipment shipment, int references) {
        String typeName = value == null ? "null" : value.getClass().getName();
        String program = core.code().keep(shipment);
        byte[] bytes = shipment.payload();
        return bytes.length < LargeValues.LARGE
                ? StoredValue.of(typeName, program, bytes)
                : StoredValue.of(typeName, program, core.largeValues().write(bytes, references), bytes.length);
    }

    /** Has an engine take values once they are ready, after what it was told to store before. */
    CompletableFuture<@Nullable Object> push(
            EngineLink engine, CompletableFuture<List<NamedBytes>> ready, Collection<Shipment> shipments) {
        return engine.inOrder(() -> ready.thenCompose(named -> {
            CodePack code = core.code().pack(engine.engine(), shipments);
            return engine.ask(new PushCall(core.clientId(), code, named)).whenComplete((answer, trouble) -> {
                if (trouble == null) {
                    core.code().arrived(engine.engine(), code);
                } else {
                    release(named);
                }
            });
        }));
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

    /** Reads the values of one name; a large one that several engines refer to crosses once. */
    final class Reading {
        private final String name;
        private final ClassLoader reader;
        private final Map<UUID, CompletableFuture<byte[]>> large = new HashMap<>();

        Reading(String name, ClassLoader reader) {
            this.name = name;
            this.reader = reader;
        }

        /** The value on one engine, whether the engine is there or not. */
        CompletableFuture<@Nullable Object> of(int engineId) {
            return fetch(engineId, READ_ATTEMPTS).thenApply(fetched -> read(engineId, fetched));
        }

        /** A large value may be replaced between its record and its pieces; then there is a new record. */
        private CompletableFuture<Fetched> fetch(int engineId, int attempts) {
            return core.namespace(engineId)
                    .getAsync(name)
                    .toCompletableFuture()
                    .thenComposeAsync(
                            stored -> {
                                if (stored == null) {
                                    throw new NoSuchNameException(engineId, name);
                                }
                                return bytes(stored).thenApply(bytes -> new Fetched(bytes, stored.program()));
                            },
                            core.workers())
                    .exceptionallyCompose(trouble ->
                            attempts > 1 && LinkTrouble.peel(trouble) instanceof LargeValues.ReplacedException
                                    ? fetch(engineId, attempts - 1)
                                    : CompletableFuture.failedFuture(trouble));
        }

        private CompletableFuture<byte[]> bytes(StoredValue stored) {
            UUID blob = stored.blob();
            if (blob == null) {
                return CompletableFuture.completedFuture(stored.bytes());
            }
            synchronized (large) {
                return large.computeIfAbsent(
                        blob,
                        id -> CompletableFuture.supplyAsync(
                                () -> core.largeValues().read(id, stored.length()), core.workers()));
            }
        }

        private @Nullable Object read(int engineId, Fetched fetched) {
            try {
                return core.code().read(fetched.bytes(), reader);
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
            String text = core.code().describe(fetched.bytes(), fetched.program());
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

    /** A stored value's bytes, and the program that has its classes. */
    private record Fetched(byte[] bytes, String program) {}
}
