package io.gridctl.node.code;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Classes beside a program, which sees nothing of them, while they see it. They go when nobody uses any of them.
 *
 * <p>Safe for several threads.
 */
public final class PassingLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ProgramLoader program;
    private final Map<String, ClassFile> files;

    /**
     * Loads some classes.
     *
     * @param program what they use
     * @param classes the classes, each name once
     */
    public PassingLoader(ProgramLoader program, List<ClassFile> classes) {
        super("passing", program);
        this.program = program;
        files = classes.stream().collect(Collectors.toMap(ClassFile::name, Function.identity()));
    }

    /** Makes them part of the program too, because something that stays is made of them. */
    ProgramLoader keep() {
        program.add(List.copyOf(files.values()));
        return program;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        ClassFile own = files.get(name);
        if (own == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] guarded = Guards.put(own.bytes());
            return defineClass(name, guarded, 0, guarded.length);
        }
    }
}
