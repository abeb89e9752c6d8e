package io.gridctl.node.code;

import io.gridctl.NotShippableException;
import io.gridctl.node.payload.Lambdas;
import io.gridctl.node.payload.PayloadCodec;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
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

    /** A program, and how many of its classes each class that was shipped needs. */
    private record Covered(Program program, Map<Class<?>, Integer> counts) {
        Covered() {
            this(new Program(randomId()), new WeakHashMap<>());
        }

        private static String randomId() {
            byte[] bits = new byte[16];
            RANDOM.nextBytes(bits);
            return HexFormat.of().formatHex(bits);
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
        boolean function = value != null && value.getClass().isHidden();
        if (function) {
            Shipment known = constantFunctions.get(value.getClass());
            if (known != null) {
                return known;
            }
        }
        Set<Class<?>> roots = Collections.newSetFromMap(new IdentityHashMap<>());
        byte[] payload = codec.encode(what, value, roots::add);
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

    private Shipment place(String what, byte[] payload, Set<Class<?>> roots) {
        synchronized (programs) {
            for (Covered each : programs) {
                int known = each.count(roots);
                if (known >= 0) {
                    return new Shipment(each.program(), payload, known);
                }
            }
            // Each root alone, so that a later shipment with one of them asks for no more than it needs.
            Map<Class<?>, Collection<ClassFile>> closures = new LinkedHashMap<>();
            Map<String, ClassFile> all = new LinkedHashMap<>();
            for (Class<?> root : roots) {
                Collection<ClassFile> closure = closure(what, root);
                closures.put(root, closure);
                closure.forEach(file -> join(what, all, file));
            }
            Covered home = home(all.values());
            closures.forEach(
                    (root, closure) -> home.counts().put(root, home.program().addAll(closure)));
            return new Shipment(home.program(), payload, home.count(roots));
        }
    }

    /** The newest program in which none of these classes has another version. */
    private Covered home(Collection<ClassFile> classes) {
        for (Covered each : programs) {
            if (each.program().conflict(classes) == null) {
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

    /** The class files that {@code root} needs, its own first. */
    private static Collection<ClassFile> closure(String what, Class<?> root) {
        LoaderIndex index = LoaderIndex.of(root);
        if (EngineClasses.has(root.getName())) {
            return List.of();
        }
        Map<String, ClassFile> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(root.getName()));
        Set<String> seen = new java.util.HashSet<>(open);
        for (String name = open.poll(); name != null; name = open.poll()) {
            LoaderIndex.Analysed analysed = index.find(what, name);
            if (analysed != null) {
                found.put(name, analysed.file());
                for (String reference : analysed.references()) {
                    if (seen.add(reference)) {
                        open.add(reference);
                    }
                }
            }
        }
        return new ArrayList<>(found.values());
    }
}
