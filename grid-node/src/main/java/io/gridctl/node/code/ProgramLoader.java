package io.gridctl.node.code;

import io.gridctl.node.payload.PayloadCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one program on one engine. The JDK, our API and Hazelcast come from the engine; everything else from the
 * program, so that the libraries that the engine itself is built with stay out of sight. A class that was not sent is
 * asked for once, and then looked for on the engine's extra class path.
 *
 * <p>Safe for use by several threads, parallel capable.
 */
public final class ProgramLoader extends ClassLoader {
    /** Names that were asked for in vain are remembered up to this many. */
    private static final int KEPT_MISSES = 10_000;

    static {
        registerAsParallelCapable();
    }

    private final String programId;
    private final @Nullable ClassLoader shared;
    private final ClassSource source;
    private final PayloadCodec codec = new PayloadCodec();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Set<String> misses = ConcurrentHashMap.newKeySet();

    ProgramLoader(String programId, @Nullable ClassLoader shared, ClassSource source) {
        super("program-" + programId, ClassLoader.getPlatformClassLoader());
        this.programId = programId;
        this.shared = shared;
        this.source = source;
    }

    /** Reads and writes the program's values; goes with this loader. */
    PayloadCodec codec() {
        return codec;
    }

    void add(List<ClassFile> pack) {
        for (ClassFile file : pack) {
            files.putIfAbsent(file.name(), file.bytes());
            misses.remove(file.name());
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

    /** {@return how many classes were brought} */
    public int classCount() {
        return files.size();
    }

    /** {@return the size of their class files together} */
    public long classBytes() {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
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
        byte[] bytes = bytes(name);
        if (bytes != null) {
            return define(name, bytes);
        }
        if (shared != null) {
            return Class.forName(name, false, shared);
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, byte[] bytes) {
        try {
            return defineClass(name, bytes, 0, bytes.length);
        } catch (UnsupportedClassVersionError tooNew) {
            throw ClassVersions.explain(name, bytes, tooNew);
        }
    }

    private byte @Nullable [] bytes(String name) {
        byte[] sent = files.get(name);
        if (sent != null || misses.contains(name)) {
            return sent;
        }
        byte[] late = source.find(programId, name).orElse(null);
        if (late != null) {
            byte[] raced = files.putIfAbsent(name, late);
            return raced == null ? late : raced;
        }
        if (misses.size() < KEPT_MISSES) {
            misses.add(name);
        }
        return files.get(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (name.endsWith(".class")) {
            byte[] bytes =
                    bytes(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
            if (bytes != null) {
                return url(name, bytes);
            }
        }
        return shared == null ? null : shared.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        URL own = findResource(name);
        if (own != null && own.getProtocol().equals("program")) {
            return Collections.enumeration(List.of(own));
        }
        return shared == null ? Collections.emptyEnumeration() : shared.getResources(name);
    }

    private URL url(String name, byte[] bytes) {
        try {
            return new URL("program", programId, -1, "/" + name, new BytesHandler(bytes));
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class BytesHandler extends URLStreamHandler {
        private final byte[] bytes;

        BytesHandler(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public int getContentLength() {
                    return bytes.length;
                }
            };
        }
    }

    @Override
    public String toString() {
        return "the loader of program " + programId;
    }
}
