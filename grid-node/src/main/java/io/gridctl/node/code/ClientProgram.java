package io.gridctl.node.code;

import io.gridctl.NotShippableException;
import io.gridctl.node.payload.Lambdas;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.WithStatics;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of shipping code: writes functions and values, and keeps the list of the classes that they are made
 * of. Which classes: those of the objects in the value and of its functions, and from there all that their class files
 * refer to, except what engines have themselves.
 *
 * <p>If a class turns up whose name is in the program with other bytes, because it was edited and compiled again, a new
 * program begins. Older ones stay valid for what was written with them, and are used again for code that fits them.
 *
 * <p>Safe for use by several threads. Keeps no class loader alive.
 */
public final class ClientProgram {
    /** Older programs beyond these are left to the shipments that refer to them. */
    private static final int KEPT_PROGRAMS = 4;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PayloadCodec codec;
    private final boolean travels;
    private final Deque<Covered> programs = new ArrayDeque<>();
    private final Map<Class<?>, Shipment> constantFunctions = Collections.synchronizedMap(new WeakHashMap<>());

    /** A program, how many of its classes each class that was shipped needs, and where the rest can be found. */
    private record Covered(Program program, Map<Class<?>, Integer> counts, Map<ClassLoader, Boolean> loaders) {
        Covered() {
            this(new Program(randomId()), new WeakHashMap<>(), new WeakHashMap<>());
        }

        private static String randomId() {
            byte[] bits = new byte[16];
            RANDOM.nextBytes(bits);
            return HexFormat.of().formatHex(bits);
        }

        /** How many classes these need, or -1 if one of them is new here or may have been written anew. */
        int known(Set<Class<?>> roots) {
            return roots.stream().anyMatch(PromptVariables::isOfPrompt) ? -1 : count(roots);
        }

        /** How many classes these need, or -1 if one of them is new here. */
        int count(Set<Class<?>> roots) {
            int count = 0;
            for (Class<?> root : roots) {
                Integer known = counts.get(root);
                if (known == null) {
                    return -1;
                }
                count = Math.max(count, known);
            }
            return count;
        }
    }

    private ClientProgram(PayloadCodec codec, boolean travels) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.travels = travels;
        programs.addFirst(new Covered());
    }

    /**
     * A client that has sent nothing yet.
     *
     * @param codec writes the values
     */
    public ClientProgram(PayloadCodec codec) {
        this(codec, true);
    }

    /**
     * A client whose engines live in its own process and have its classes already: no class file is looked for, and no
     * shipment asks for any.
     *
     * @param codec writes the values
     * @return a client that has sent nothing yet
     */
    public static ClientProgram inProcess(PayloadCodec codec) {
        return new ClientProgram(codec, false);
    }

    /**
     * The program that new shipments go to.
     *
     * @return the newest program
     */
    public Program current() {
        synchronized (programs) {
            return programs.getFirst().program();
        }
    }

    /**
     * Writes a function or a value and finds the classes that its reader needs. Does not block on the network.
     *
     * @param what what it is to the caller, for messages: {@code "function"}, {@code "argument"}
     * @param value the function or value, may be null
     * @return its bytes, and the classes to send along
     * @throws NotShippableException if it cannot leave this process, with the path to what keeps it
     */
    public Shipment ship(String what, @Nullable Object value) {
        if (PayloadCodec.isConstant(value)) {
            // The commonest arguments: nothing to look for in them.
            return new Shipment(current(), codec.encode(value), 0);
        }
        boolean function = value != null && value.getClass().isHidden();
        if (function) {
            Shipment known = constantFunctions.get(value.getClass());
            if (known != null) {
                return known;
            }
        }
        Set<Class<?>> roots = Collections.newSetFromMap(new IdentityHashMap<>());
        byte[] payload = codec.encode(what, value, roots::add);
        if (travels && value != null && roots.stream().anyMatch(PromptVariables::isOfPrompt)) {
            return place(what, withPromptVariables(what, value, payload, roots), roots);
        }
        Shipment shipment =
                roots.isEmpty() || !travels ? new Shipment(current(), payload, 0) : place(what, payload, roots);
        if (function
                && Lambdas.serialized(value)
                        .filter(form -> form.getCapturedArgCount() == 0)
                        .isPresent()) {
            constantFunctions.put(value.getClass(), shipment);
        }
        return shipment;
    }

    /** A line may be written before a variable gets its value, so they are read anew each time. */
    private byte[] withPromptVariables(String what, Object value, byte[] payload, Set<Class<?>> roots) {
        Map<String, ClassFile> files = new LinkedHashMap<>();
        ClassLoader loader = null;
        for (Class<?> root : roots) {
            if (PromptVariables.isOfPrompt(root)) {
                closure(what, root).files().forEach(file -> files.put(file.name(), file));
                loader = root.getClassLoader();
            }
        }
        List<Field> variables = PromptVariables.readBy(List.copyOf(files.values()), Objects.requireNonNull(loader));
        for (Field variable : variables) {
            encode(variable);
        }
        return variables.isEmpty() ? payload : codec.encode(what, new WithStatics(variables, value), roots::add);
    }

    /** Alone, so that one that does not travel is named. */
    private void encode(Field variable) {
        String what = "prompt variable " + variable.getName() + ", which the function reads";
        try {
            codec.encode(what, variable.get(null), type -> {});
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Shipment place(String what, byte[] payload, Set<Class<?>> roots) {
        synchronized (programs) {
            for (Covered each : programs) {
                int known = each.known(roots);
                if (known >= 0) {
                    return new Shipment(each.program(), payload, known);
                }
            }
            // Each root alone, so that a later shipment with one of them asks for no more than it needs.
            Map<Class<?>, Closure> closures = new LinkedHashMap<>();
            Map<String, ClassFile> all = new LinkedHashMap<>();
            for (Class<?> root : roots) {
                Closure closure = closure(what, root);
                closures.put(root, closure);
                closure.files().forEach(file -> join(what, all, file));
            }
            Covered home = home(all.values(), closures);
            closures.forEach((root, closure) -> {
                home.counts().put(root, home.program().addAll(closure.files()));
                if (!closure.files().isEmpty()) {
                    home.loaders().put(root.getClassLoader(), true);
                }
            });
            return new Shipment(home.program(), payload, home.count(roots));
        }
    }

    /**
     * The newest program in which none of these classes has another version. Classes that are left for engines to ask
     * for cannot be compared, so their loader must be the program's only one.
     */
    private Covered home(Collection<ClassFile> classes, Map<Class<?>, Closure> closures) {
        Set<ClassLoader> partly = Collections.newSetFromMap(new IdentityHashMap<>());
        closures.forEach((root, closure) -> {
            if (!closure.whole()) {
                partly.add(root.getClassLoader());
            }
        });
        for (Covered each : programs) {
            boolean comparable =
                    partly.isEmpty() || partly.containsAll(each.loaders().keySet());
            if (comparable && each.program().conflict(classes) == null) {
                return each;
            }
        }
        Covered fresh = new Covered();
        programs.addFirst(fresh);
        while (programs.size() > KEPT_PROGRAMS) {
            programs.removeLast();
        }
        return fresh;
    }

    private static void join(String what, Map<String, ClassFile> all, ClassFile file) {
        ClassFile other = all.putIfAbsent(file.name(), file);
        if (other != null && !other.equals(file)) {
            throw new NotShippableException("cannot send the " + what + ": it mixes two versions of the class "
                    + file.name() + ", from two class loaders. Make its parts anew with one of them.");
        }
    }

    private static Closure closure(String what, Class<?> root) {
        if (EngineClasses.has(root.getName())) {
            return new Closure(List.of(), true);
        }
        return Closure.of(what, LoaderIndex.of(root), root.getName(), name -> false);
    }

    /**
     * Finds a class that an engine asks for. Reads class files, and so may block on the disk.
     *
     * @param programId the program that needs it
     * @param className its binary name
     * @param first how many of the program's classes the engine has
     * @param others further ones that it has
     * @return the class and what it needs besides, empty if this client does not have it
     * @throws NotShippableException if the class is there but its bytes are not
     */
    public List<ClassFile> find(String programId, String className, int first, Set<String> others) {
        synchronized (programs) {
            for (Covered each : programs) {
                if (each.program().id().equals(programId)) {
                    Program program = each.program();
                    return find(each, className, name -> {
                        int index = program.index(name);
                        return (index >= 0 && index < first) || others.contains(name);
                    });
                }
            }
        }
        return List.of();
    }

    /**
     * A class as a loader of this process has it. Reads its file.
     *
     * @param loader the loader
     * @param className its binary name
     * @return the class, empty if there is none or its bytes cannot be had
     */
    public static Optional<ClassFile> classFile(ClassLoader loader, String className) {
        try {
            return Optional.ofNullable(LoaderIndex.of(loader).find("value", className))
                    .map(LoaderIndex.Analysed::file);
        } catch (NotShippableException withoutBytes) {
            return Optional.empty();
        }
    }

    private static List<ClassFile> find(Covered covered, String className, Predicate<String> known) {
        for (ClassLoader loader : covered.loaders().keySet()) {
            List<ClassFile> found =
                    Closure.of("call", LoaderIndex.of(loader), className, known).files();
            if (!found.isEmpty()) {
                return covered.program().ask(found);
            }
        }
        ClassFile version = covered.program().version(className);
        return version == null ? List.of() : List.of(version);
    }

    /**
     * Reads the resources that an engine asks for. Blocks on the disk.
     *
     * @param programId the program that needs them
     * @param name as for {@link ClassLoader#getResource}
     * @return the content of each resource of that name, empty if there is none
     * @throws NotShippableException if one is too large
     */
    public List<byte[]> resources(String programId, String name) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        synchronized (programs) {
            for (Covered each : programs) {
                if (each.program().id().equals(programId)) {
                    loaders.addAll(each.loaders().keySet());
                }
            }
        }
        return loaders.stream()
                .map(loader -> LoaderResources.read(loader, name))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
