package io.gridctl.node.engine;

import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.ProgramLoader;
import io.gridctl.node.code.ProgramLoaders;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.PayloadException;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.RemoteFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The programs that clients have brought to this engine, and the reading and writing of values with their classes. */
final class Programs implements AutoCloseable {
    private final ProgramLoaders loaders;
    private final StoredClasses stored;
    private final Map<String, Program> programs = new ConcurrentHashMap<>();
    private final Map<UUID, Set<String>> byClient = new ConcurrentHashMap<>();

    Programs(ProgramLoaders loaders, StoredClasses stored) {
        this.loaders = loaders;
        this.stored = stored;
    }

    /** Has the codec's classes loaded; at the first client rather than at the start, which is busy enough. */
    void warmUp() {
        PayloadCodec codec = new PayloadCodec();
        codec.decode(codec.encode(new ArrayList<>(List.of(1, "warm"))), Programs.class.getClassLoader());
    }

    /** Takes the classes of a pack and remembers whose program it is. */
    void add(UUID client, CodePack pack) {
        if (pack.program().isEmpty()) {
            return;
        }
        byClient.computeIfAbsent(client, id -> ConcurrentHashMap.newKeySet()).add(pack.program());
        if (!pack.classes().isEmpty()) {
            loaders.add(
                    pack.program(),
                    pack.first(),
                    pack.classes().stream()
                            .map(file -> ClassFile.of(file.name(), file.bytes()))
                            .toList());
        }
    }

    Program program(String id) {
        return programs.computeIfAbsent(id, Program::new);
    }

    /** Lets go of a client's programs, and gives them for whoever else holds something of theirs. */
    Collection<Program> release(UUID client) {
        List<Program> released = new ArrayList<>();
        Set<String> ids = byClient.remove(client);
        if (ids != null) {
            for (String id : ids) {
                Program program = programs.remove(id);
                if (program != null) {
                    released.add(program);
                }
                loaders.release(id);
            }
        }
        return released;
    }

    @Override
    public void close() {
        byClient.keySet().forEach(this::release);
    }

    /** What is known of an exception, and the exception itself if it travels. */
    RemoteFailure describe(String programId, Throwable thrown) {
        StackTraceElement[] whole = thrown.getStackTrace();
        StackTraceElement[] users = usersPart(whole);
        thrown.setStackTrace(users);
        byte[] original;
        try {
            original = program(programId).encode("exception", thrown);
        } catch (RuntimeException | LinkageError untransportable) {
            original = new byte[0];
        }
        return new RemoteFailure(
                thrown.getClass().getName(), message(thrown), text(thrown), Arrays.asList(users), original);
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException brokenMessage) {
            return "its getMessage() threw " + brokenMessage.getClass().getName();
        }
    }

    private static String text(Throwable thrown) {
        String message = message(thrown);
        return message == null ? thrown.getClass().getName() : thrown.getClass().getName() + ": " + message;
    }

    /** Without the engine's own frames at the outer end. */
    private static StackTraceElement[] usersPart(StackTraceElement[] whole) {
        int end = whole.length;
        for (int at = 0; at < whole.length; at++) {
            if (whole[at].getClassName().equals(TaskRunner.class.getName())) {
                end = at;
                break;
            }
        }
        return Arrays.copyOf(whole, end);
    }

    /** Bytes of a value, and the program that has its classes; an empty one if it needs none. */
    record Encoded(byte[] bytes, String program) {}

    /** One program at this engine. */
    final class Program {
        private final String id;

        private Program(String id) {
            this.id = id;
        }

        ClassLoader loader() {
            return loaders.loader(id);
        }

        private PayloadCodec codec() {
            return loaders.codec(id);
        }

        @Nullable
        Object decode(byte[] bytes) {
            return codec().decode(bytes, loader());
        }

        byte[] encode(String what, @Nullable Object value) {
            return codec().encode(what, value, type -> {});
        }

        /** For the namespace: the classes that the value needs are stored too. */
        Encoded encodeForStore(String what, @Nullable Object value) {
            boolean[] needsClasses = {false};
            byte[] bytes = codec().encode(
                            what, value, type -> needsClasses[0] |= type.getClassLoader() instanceof ProgramLoader);
            if (!needsClasses[0]) {
                return new Encoded(bytes, "");
            }
            stored.keep(id, ((ProgramLoader) loader()).classFiles());
            return new Encoded(bytes, id);
        }

        /**
         * Reads a stored value with this program's classes; what this program lacks is taken from the program that
         * stored the value.
         */
        @Nullable
        Object decodeStored(byte[] bytes, String writer) {
            try {
                return decode(bytes);
            } catch (PayloadException missing) {
                if (writer.isEmpty() || writer.equals(id)) {
                    throw missing;
                }
                return program(writer).decode(bytes);
            }
        }
    }
}
