package io.gridctl.node.engine;

import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.PassingLoader;
import io.gridctl.node.code.ProgramLoader;
import io.gridctl.node.shell.CompiledText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of texts that no later text can refer to. Those of the last ones stay, so that a text that is run again and
 * again is not loaded each time.
 *
 * <p>For one thread at a time.
 */
final class PassingClasses {
    private static final int KEPT = 64;

    private final ProgramLoader program;
    /** By the classes' names, which tell what is in them. */
    private final Map<List<String>, ClassLoader> loaders = new LinkedHashMap<>(16, 0.75f, true);

    PassingClasses(ProgramLoader program) {
        this.program = program;
    }

    /** Finds the classes of a text, passing or not. */
    ClassLoader of(CompiledText text) {
        if (text.passing().isEmpty()) {
            return program;
        }
        List<String> names = text.passing().stream().map(ClassFile::name).toList();
        ClassLoader loader = loaders.get(names);
        if (loader == null) {
            loader = new PassingLoader(program, text.passing());
            loaders.put(names, loader);
            if (loaders.size() > KEPT) {
                loaders.remove(loaders.keySet().iterator().next());
            }
        }
        return loader;
    }
}
