package io.gridctl.node.code;

import io.gridctl.node.code.CodeSource.Answer;
import io.gridctl.node.payload.PayloadCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one program on one engine. The JDK, our API and Hazelcast come from the engine; everything else from the
 * program, so that the libraries that the engine itself is built with stay out of sight. A class or a resource that was
 * not sent is asked for once, and then looked for on the engine's extra class path. What nobody has is remembered until
 * the program gets new classes.
 *
 * <p>Safe for use by several threads, parallel capable.
 */
public final class ProgramLoader extends ClassLoader {
    /** Names that were asked for in vain are remembered up to this many. */
    private static final int KEPT_MISSES = 10_000;

    private static final String CLASS = ".class";

    private static final String LOOPS = Loops.class.getName();
    private static final byte[] LOOPS_FILE = loopsFile();

    static {
        registerAsParallelCapable();
    }

    private final String programId;
    private final @Nullable ClassLoader shared;
    private final CodeSource source;
    private final PayloadCodec codec = new PayloadCodec();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, List<byte[]>> resources = new ConcurrentHashMap<>();
    /** Classes and resources that nobody has, and who was asked. */
    private final Map<String, String> misses = new ConcurrentHashMap<>();

    ProgramLoader(String programId, @Nullable ClassLoader shared, CodeSource source) {
        super("program-" + programId, ClassLoader.getPlatformClassLoader());
        this.programId = programId;
        this.shared = shared;
        this.source = source;
    }

    /**
     * The loader of the program that a class came with, for who keeps something that is made of it.
     *
     * @param type any class
     * @return empty if the class was not brought
     */
    public static Optional<ProgramLoader> keeping(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader instanceof PassingLoader passing) {
            return Optional.of(passing.keep());
        }
        return loader instanceof ProgramLoader program ? Optional.of(program) : Optional.empty();
    }

    private static byte[] loopsFile() {
        try (InputStream file = Loops.class.getResourceAsStream("Loops" + CLASS)) {
            return Objects.requireNonNull(file, "the class file of Loops").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has loops of its classes look whether their task is to end, or look no more.
     *
     * @param begins whether a task was told to end, or has ended
     */
    public void endLoops(boolean begins) {
        try {
            Class.forName(LOOPS, true, this).getMethod("ending", boolean.class).invoke(null, begins);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads and writes the program's values; goes with this loader. */
    PayloadCodec codec() {
        return codec;
    }

    /**
     * Takes classes; of two with the same name the first one stays.
     *
     * @param pack the classes
     */
    public void add(List<ClassFile> pack) {
        boolean news = false;
        for (ClassFile file : pack) {
            news |= files.putIfAbsent(file.name(), file.bytes()) == null;
        }
        if (news) {
            misses.clear();
        }
    }

    /**
     * The classes that were brought so far.
     *
     * @return a copy
     */
    public List<ClassFile> classFiles() {
        return files.entrySet().stream()
                .map(file -> ClassFile.of(file.getKey(), file.getValue()))
                .toList();
    }

    /** The names of the classes that were brought so far. */
    Set<String> classNames() {
        return files.keySet();
    }

    /** {@return how many classes were brought} */
    public int classCount() {
        return files.size();
    }

    /** {@return the size of their class files together} */
    public long classBytes() {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /**
     * Whether a class was brought.
     *
     * @param name a binary class name
     * @return true if {@link #classFile} has it
     */
    public boolean hasClassFile(String name) {
        return files.containsKey(name);
    }

    /**
     * A class that was brought, as it was brought.
     *
     * @param name a binary class name
     * @return the class, or empty if it was not brought
     */
    public Optional<ClassFile> classFile(String name) {
        return Optional.ofNullable(files.get(name)).map(bytes -> ClassFile.of(name, bytes));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (EngineClasses.has(name)) {
            return EngineClasses.load(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = findClass(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.equals(LOOPS)) {
            return defineClass(name, LOOPS_FILE, 0, LOOPS_FILE.length);
        }
        Sought<byte[]> sought = classBytes(name);
        byte[] bytes = sought.found();
        if (bytes != null) {
            return define(name, bytes);
        }
        if (shared != null) {
            try {
                return Class.forName(name, false, shared);
            } catch (ClassNotFoundException e) {
                throw missing(name, sought.otherwise() + ", and the engine's own class path has none");
            }
        }
        throw missing(name, sought.otherwise());
    }

    private Class<?> define(String name, byte[] bytes) {
        try {
            byte[] guarded = Guards.put(bytes);
            return defineClass(name, guarded, 0, guarded.length);
        } catch (UnsupportedClassVersionError tooNew) {
            throw ClassVersions.explain(name, bytes, tooNew);
        }
    }

    private static ClassNotFoundException missing(String name, String otherwise) {
        return new ClassNotFoundException(otherwise.isEmpty() ? name : name + ": " + otherwise);
    }

    /** What was found, or null and who was asked. */
    private record Sought<T>(@Nullable T found, String otherwise) {}

    private Sought<byte[]> classBytes(String name) {
        byte[] sent = files.get(name);
        if (sent != null) {
            return new Sought<>(sent, "");
        }
        String missed = misses.get(name);
        if (missed != null) {
            return new Sought<>(null, missed);
        }
        Answer<ClassFile> answer = source.classes(programId, name);
        if (answer.found().isEmpty()) {
            remember(name, answer);
        } else {
            add(answer.found());
        }
        return new Sought<>(files.get(name), answer.otherwise());
    }

    private void remember(String name, Answer<?> answer) {
        if (answer.lasting() && misses.size() < KEPT_MISSES) {
            misses.put(name, answer.otherwise());
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        List<URL> own = ownResources(name);
        if (!own.isEmpty()) {
            return own.get(0);
        }
        return shared == null ? null : shared.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(ownResources(name));
        if (shared != null && !(name.endsWith(CLASS) && !all.isEmpty())) {
            all.addAll(Collections.list(shared.getResources(name)));
        }
        return Collections.enumeration(all);
    }

    private List<URL> ownResources(String name) {
        if (name.endsWith(CLASS)) {
            byte[] bytes = classBytes(
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .found();
            return bytes == null ? List.of() : List.of(MemoryUrls.of(programId, name, 0, bytes));
        }
        List<byte[]> contents = resourceBytes(name);
        List<URL> urls = new ArrayList<>(contents.size());
        for (byte[] content : contents) {
            urls.add(MemoryUrls.of(programId, name, urls.size(), content));
        }
        return urls;
    }

    private List<byte[]> resourceBytes(String name) {
        // No class has such a name, so both kinds of misses share a map.
        String key = "/" + name;
        List<byte[]> known = resources.get(name);
        if (known != null) {
            return known;
        }
        if (misses.containsKey(key)) {
            return List.of();
        }
        Answer<byte[]> answer = source.resources(programId, name);
        if (answer.found().isEmpty()) {
            remember(key, answer);
        } else {
            resources.put(name, answer.found());
        }
        return answer.found();
    }

    @Override
    public String toString() {
        return "the loader of program " + programId;
    }
}
