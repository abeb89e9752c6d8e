package io.gridctl.cli.shell;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the prompt, in this process. Loaded with {@link LoopChecks}; as resources, which is how they travel to
 * engines, they are as the compiler has made them.
 */
final class PromptClasses implements LoaderDelegate {
    private final Loader loader = new Loader();

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        boolean[] loaded = new boolean[classes.length];
        for (ClassBytecodes file : classes) {
            loader.files.put(file.name(), file.bytecodes());
        }
        for (int i = 0; i < classes.length; i++) {
            try {
                loaded[i] = Class.forName(classes[i].name(), false, loader).getClassLoader() == loader;
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassInstallException("load: " + e.getMessage(), loaded);
            }
        }
    }

    /** Nothing is redefined in place, so JShell gives what is written anew a class of another name. */
    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        for (ClassBytecodes file : classes) {
            loader.files.put(file.name(), file.bytecodes());
        }
    }

    @Override
    public void addToClasspath(String path) throws InternalException {
        for (String each : path.split(File.pathSeparator, -1)) {
            try {
                loader.addURL(new File(each).toURI().toURL());
            } catch (MalformedURLException e) {
                throw new InternalException(e.toString());
            }
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    private static final class Loader extends URLClassLoader {
        private static final String CLASS = ".class";

        private final Map<String, byte[]> files = new ConcurrentHashMap<>();

        Loader() {
            super("prompt", new URL[0], PromptClasses.class.getClassLoader());
        }

        @Override
        protected void addURL(URL url) {
            super.addURL(url);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] file = files.get(name);
            if (file == null) {
                return super.findClass(name);
            }
            byte[] checked = LoopChecks.put(file);
            return defineClass(name, checked, 0, checked.length);
        }

        @Override
        public @Nullable URL findResource(String name) {
            byte[] file = name.endsWith(CLASS)
                    ? files.get(
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    : null;
            if (file == null) {
                return super.findResource(name);
            }
            try {
                return new URL("prompt", "", -1, "/" + name, new Bytes(file));
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Bytes extends URLStreamHandler {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
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
            };
        }
    }
}
