package io.gridctl.node.engine;

import io.gridctl.GridMemory.ProgramClasses;
import io.gridctl.UnknownClassException;
import io.gridctl.node.code.BroughtClasses;
import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.Loops;
import io.gridctl.node.code.OtherVersion;
import io.gridctl.node.code.ProgramLoader;
import io.gridctl.node.code.ProgramLoaders;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.PayloadException;
import io.gridctl.node.payload.ValueText;
import io.gridctl.node.shell.TextClasses;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.RemoteFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The programs that clients have brought to this engine, and the reading and writing of values with their classes. A
 * program is held for the clients that use it, and let go when the last of them has left: nothing but {@link #add} and
 * the reading of a stored value, both on behalf of a client that is there, makes one.
 *
 * <p>Safe for several threads.
 */
final class Programs implements AutoCloseable {
    private final ProgramLoaders loaders;
    private final StoredClasses stored;
    private final Map<String, Program> programs = new HashMap<>();
    private final Map<UUID, Set<String>> byClient = new HashMap<>();

    Programs(ProgramLoaders loaders, StoredClasses stored) {
        this.loaders = loaders;
        this.stored = stored;
    }

    /** Has the codec's classes loaded, and what loops need; at the first client rather than at the start, which is busy enough. */
    void warmUp() {
        PayloadCodec codec = new PayloadCodec();
        codec.decode(codec.encode(new ArrayList<>(List.of(1, "warm"))), Programs.class.getClassLoader());
        Loops.ending(true);
        Loops.ending(false);
    }

    /** Takes the classes of a pack and remembers whose program it is. */
    void add(UUID client, CodePack pack) {
        if (pack.program().isEmpty()) {
            return;
        }
        List<ClassFile> classes = pack.classes().stream()
                .map(file -> ClassFile.of(file.name(), file.bytes()))
                .toList();
        synchronized (this) {
            hold(client, pack.program());
            if (!classes.isEmpty()) {
                loaders.add(pack.program(), pack.first(), classes);
            }
        }
    }

    private synchronized Program hold(UUID client, String id) {
        byClient.computeIfAbsent(client, key -> new HashSet<>()).add(id);
        return programs.computeIfAbsent(id, key -> new Program(key, client));
    }

    /** Begins the program of this engine's texts, which stays as long as the engine; the member is whose it is. */
    Program openText(UUID member) {
        String id = UUID.randomUUID().toString().replace("-", "");
        loaders.openText(id);
        return hold(member, id);
    }

    /** The classes that other programs have brought. */
    BroughtClasses brought(Program reader) {
        return new BroughtClasses(loaders, reader.id());
    }

    /** Where a compiler finds what no program brings; null for this process's own class path. */
    @Nullable
    String classPath() {
        return loaders.classPath();
    }

    synchronized int size() {
        return programs.size();
    }

    /** The classes that programs have brought, by program. */
    synchronized List<ProgramClasses> classes() {
        List<ProgramClasses> classes = new ArrayList<>();
        for (Program program : programs.values()) {
            if (program.loader instanceof ProgramLoader loader) {
                classes.add(new ProgramClasses(program.id, program.client, loader.classCount(), loader.classBytes()));
            }
        }
        return classes;
    }

    /** The client that brought each program. */
    synchronized Map<String, UUID> clients() {
        Map<String, UUID> clients = new HashMap<>();
        programs.forEach((id, program) -> clients.put(id, program.client));
        return clients;
    }

    /** A program whose client is there, or null. */
    synchronized @Nullable Program find(String id) {
        return programs.get(id);
    }

    /** Lets go of what only this client used, and gives it for whoever else holds something of it. */
    synchronized Collection<Program> release(UUID client) {
        List<Program> released = new ArrayList<>();
        Set<String> ids = byClient.remove(client);
        if (ids == null) {
            return released;
        }
        for (String id : ids) {
            if (byClient.values().stream().anyMatch(others -> others.contains(id))) {
                continue;
            }
            Program program = programs.remove(id);
            if (program != null) {
                released.add(program);
            }
            loaders.release(id);
            stored.forget(id);
        }
        return released;
    }

    @Override
    public synchronized void close() {
        List.copyOf(byClient.keySet()).forEach(this::release);
    }

    /**
     * What is known of an exception, and the exception itself if it travels. Its class is the user's, and whatever its
     * methods do, the slot goes on.
     */
    static RemoteFailure describe(Program program, Throwable thrown) {
        try {
            return describeWhole(program, thrown);
        } catch (RuntimeException | Error indescribable) {
            String name = thrown.getClass().getName();
            String text = name + " (its own methods threw "
                    + indescribable.getClass().getName() + " when it was to be described)";
            return new RemoteFailure(name, null, text, List.of(), new byte[0]);
        }
    }

    private static RemoteFailure describeWhole(Program program, Throwable thrown) {
        StackTraceElement[] whole = thrown.getStackTrace();
        StackTraceElement[] users = usersPart(whole);
        thrown.setStackTrace(users);
        byte[] original;
        try {
            original = program.encode("exception", thrown);
        } catch (RuntimeException | LinkageError untransportable) {
            original = new byte[0];
        }
        String message = message(thrown);
        return new RemoteFailure(
                TextClasses.tidy(thrown.getClass().getName()),
                message == null ? null : TextClasses.tidy(message),
                TextClasses.tidy(text(thrown)),
                Arrays.asList(users),
                original);
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException | Error brokenMessage) {
            return "its getMessage() threw " + brokenMessage.getClass().getName();
        }
    }

    private static String text(Throwable thrown) {
        try {
            return String.valueOf(thrown.toString());
        } catch (RuntimeException | Error brokenText) {
            return thrown.getClass().getName() + ": " + message(thrown);
        }
    }

    /** Without the engine's own frames at the outer end. */
    private static StackTraceElement[] usersPart(StackTraceElement[] whole) {
        int end = whole.length;
        for (int at = 0; at < whole.length; at++) {
            String name = whole[at].getClassName();
            if (name.equals(TaskRunner.class.getName()) || name.equals(Interpreter.class.getName())) {
                end = at;
                break;
            }
        }
        return Arrays.copyOf(whole, end);
    }

    /** Bytes of a value, and the program that has its classes; an empty one if it needs none. */
    record Encoded(byte[] bytes, String program) {}

    /**
     * One program at this engine. Whoever runs with it holds it, rather than its id: a task may go on for a while when
     * its client has left, and what it does then must not begin the program anew.
     */
    final class Program {
        private final String id;
        private final UUID client;
        private final ClassLoader loader;
        private final PayloadCodec codec;
        private final PromptTurns promptTurns = new PromptTurns();

        private Program(String id, UUID client) {
            this.id = id;
            this.client = client;
            loader = loaders.loader(id);
            codec = loaders.codec(id);
        }

        String id() {
            return id;
        }

        UUID client() {
            return client;
        }

        ClassLoader loader() {
            return loader;
        }

        PromptTurns promptTurns() {
            return promptTurns;
        }

        @Nullable
        Object decode(byte[] bytes) {
            return codec.decode(bytes, loader);
        }

        /** For a reader who has this program's classes and none of the texts'. */
        byte[] encode(String what, @Nullable Object value) {
            List<Class<?>> declared = new ArrayList<>(0);
            byte[] bytes = codec.encode(what, value, type -> {
                if (TextClasses.isOne(type.getName())) {
                    declared.add(type);
                }
            });
            if (!declared.isEmpty()) {
                throw unknown(what, bytes, declared);
            }
            return bytes;
        }

        /** For a reader on this engine. */
        byte[] encodeForHere(String what, @Nullable Object value) {
            return codec.encode(what, value, ProgramLoader::keeping);
        }

        private UnknownClassException unknown(String what, byte[] bytes, List<Class<?>> declared) {
            String text = ValueText.of(
                            bytes,
                            name -> declared.stream()
                                    .map(ProgramLoader::keeping)
                                    .flatMap(Optional::stream)
                                    .flatMap(known -> known.classFile(name).stream())
                                    .map(ClassFile::bytes)
                                    .findFirst())
                    .orElse("");
            String className = declared.get(declared.size() - 1).getName();
            return TextClasses.explain("the " + what, "", className, text, null);
        }

        /** For the namespace: the classes that the value needs are stored too. */
        Encoded encodeForStore(String what, @Nullable Object value) {
            boolean[] needsClasses = {false};
            byte[] bytes = codec.encode(
                    what,
                    value,
                    type -> needsClasses[0] |= ProgramLoader.keeping(type).isPresent());
            if (!needsClasses[0]) {
                return new Encoded(bytes, "");
            }
            stored.keep(id, client, ((ProgramLoader) loader).classFiles());
            return new Encoded(bytes, id);
        }

        /** Another program, held for this one's client too; null if that has left. */
        private @Nullable Program holdToo(String other) {
            synchronized (Programs.this) {
                return programs.get(id) == this ? hold(client, other) : null;
            }
        }

        /**
         * Reads a stored value with this program's classes; what this program lacks is taken from the program that
         * stored the value.
         */
        @Nullable
        Object decodeStored(String name, byte[] bytes, String writer) {
            try {
                return decode(bytes);
            } catch (PayloadException unreadable) {
                if (writer.isEmpty() || writer.equals(id)) {
                    throw unreadable;
                }
                String differing = unreadable.differingClass().orElse(null);
                if (differing != null) {
                    throw twoVersions(name, differing, writer, unreadable);
                }
                Program other = holdToo(writer);
                if (other == null) {
                    throw unreadable;
                }
                return other.decode(bytes);
            }
        }

        private PayloadException twoVersions(String name, String className, String writer, PayloadException cause) {
            String now = ((ProgramLoader) loader())
                    .classFile(className)
                    .map(OtherVersion::version)
                    .orElse("from the engine's class path");
            return OtherVersion.explain(
                    "'" + name + "'",
                    className,
                    writer,
                    stored.find(writer, className),
                    "by program " + OtherVersion.shortId(id) + " with " + now,
                    cause);
        }
    }
}
