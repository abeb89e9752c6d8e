package io.gridctl.node.shell;

import io.gridctl.node.code.ClassFile;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** What the compiler finds: the class path, and the classes that clients' programs have brought. */
final class TextFiles extends ForwardingJavaFileManager<StandardJavaFileManager> implements StandardJavaFileManager {
    private final Function<String, List<ClassFile>> brought;

    /** Given what tells the brought classes of a package. */
    TextFiles(StandardJavaFileManager files, Function<String, List<ClassFile>> brought) {
        super(files);
        this.brought = brought;
    }

    /** A class as the compiler is to see it. */
    private static final class Shown extends SimpleJavaFileObject {
        private final String name;
        private final Bytes bytes;

        Shown(String name, Bytes bytes) {
            super(URI.create("brought:///" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            return new ByteArrayInputStream(bytes.read());
        }
    }

    /** Read only if the compiler asks for the class. */
    private interface Bytes {
        byte[] read() throws IOException;
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        Iterable<JavaFileObject> found = super.list(location, packageName, kinds, recurse);
        if (location != StandardLocation.CLASS_PATH || !kinds.contains(JavaFileObject.Kind.CLASS)) {
            return found;
        }
        List<JavaFileObject> all = new ArrayList<>();
        if (packageName.equals(UnnamedPackage.NAME)) {
            listUnnamed(all);
        } else {
            brought.apply(packageName).forEach(file -> all.add(new Shown(file.name(), file::bytes)));
        }
        found.forEach(all::add);
        return all;
    }

    /** Whether there is a class without a package. */
    boolean hasUnnamed() {
        try {
            List<JavaFileObject> all = new ArrayList<>();
            listUnnamed(all);
            return !all.isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The classes without a package. */
    private void listUnnamed(List<JavaFileObject> all) throws IOException {
        Set<String> names = new HashSet<>();
        for (ClassFile file : brought.apply("")) {
            names.add(file.name());
            if (UnnamedPackage.isAmbiguous(file.name())) {
                continue;
            }
            all.add(new Shown(UnnamedPackage.NAME + "." + file.name(), () -> UnnamedPackage.named(file.bytes())));
        }
        for (JavaFileObject file :
                super.list(StandardLocation.CLASS_PATH, "", Set.of(JavaFileObject.Kind.CLASS), false)) {
            String name = super.inferBinaryName(StandardLocation.CLASS_PATH, file);
            if (names.add(name) && !name.equals("module-info") && !UnnamedPackage.isAmbiguous(name)) {
                all.add(new Shown(UnnamedPackage.NAME + "." + name, () -> {
                    try (InputStream bytes = file.openInputStream()) {
                        return UnnamedPackage.named(bytes.readAllBytes());
                    }
                }));
            }
        }
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Shown one ? one.name : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject one, FileObject other) {
        return (one instanceof Shown || other instanceof Shown) ? one.equals(other) : super.isSameFile(one, other);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(Iterable<? extends File> files) {
        return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
        return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
        return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
        return fileManager.getJavaFileObjects(names);
    }

    @Override
    public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(Location location, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public Iterable<? extends File> getLocation(Location location) {
        return fileManager.getLocation(location);
    }

    /**
     * Nothing. JShell asks for it in order to walk through all classes there are, on a thread of its own, which takes
     * longer than a first text does; it wants to know what to import for a name, and nobody asks it that here.
     */
    @Override
    public Iterable<? extends Path> getLocationAsPaths(Location location) {
        return List.of();
    }

    @Override
    public Path asPath(FileObject file) {
        return fileManager.asPath(file);
    }
}
