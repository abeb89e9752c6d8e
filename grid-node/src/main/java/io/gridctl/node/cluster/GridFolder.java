package io.gridctl.node.cluster;

import io.gridctl.GridException;
import io.gridctl.node.share.HostMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one grid keeps on this machine: its connection file, what is known of its processes, its logs. */
public final class GridFolder {
    private static final Logger log = LoggerFactory.getLogger(GridFolder.class);

    private final String name;
    private final Path path;

    GridFolder(String name, Path path) {
        this.name = name;
        this.path = path;
    }

    /** Opens the folder that a process of the grid was told of. */
    static GridFolder of(Path path) {
        return new GridFolder(path.getFileName().toString(), path);
    }

    /**
     * The grid's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The folder.
     *
     * @return an absolute path
     */
    public Path path() {
        return path;
    }

    /**
     * What clients read; there as long as the grid runs and once its anchor can be reached.
     *
     * @return where it is
     */
    public Path connectionFile() {
        return path.resolve("connection.json");
    }

    private Path secretFile() {
        return path.resolve("secret.json");
    }

    /** What members and clients of the running grid prove themselves with. */
    String secret() throws IOException {
        return JsonFiles.read(secretFile())
                .text("secret")
                .orElseThrow(() -> new IOException("the file " + secretFile() + " holds no secret"));
    }

    void writeSecret(String secret) throws IOException {
        JsonFiles.write(secretFile(), Map.of("secret", secret));
    }

    Path specFile() {
        return path.resolve("spec.json");
    }

    Path stateFile() {
        return path.resolve("state.json");
    }

    Path lockFile() {
        return path.resolve("lock");
    }

    Path engineFile(int id) {
        return path.resolve("engine-" + id + ".json");
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** What is kept of commands that go on by themselves, one folder each; it goes with the grid. */
    Path calls() {
        return path.resolve("calls");
    }

    /**
     * The log of one of the grid's processes.
     *
     * @param process {@code anchor} or {@code engine-N}
     * @return where it is
     */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /**
     * What the anchor last said of itself and its engines.
     *
     * @return the state, or empty if there is none or it cannot be read
     */
    public Optional<GridState> state() {
        return GridState.read(stateFile());
    }

    /**
     * Whether the grid's anchor lives.
     *
     * @return whether engines are watched
     */
    public boolean hasAnchor() {
        return state().map(state -> state.anchor().isAlive()).orElse(false);
    }

    /**
     * Whether any process of the grid lives.
     *
     * @return whether the anchor or an engine lives
     */
    public boolean isRunning() {
        return processes().stream().anyMatch(ProcessId::isAlive);
    }

    /**
     * The grid's engine processes that live.
     *
     * @return their process ids, in no order
     */
    public List<ProcessId> liveEngines() {
        Set<ProcessId> engines = processes();
        state().ifPresent(state -> engines.remove(state.anchor()));
        return engines.stream().filter(ProcessId::isAlive).toList();
    }

    /** Everything the anchor started, and engines that it started and could not write down any more. */
    Set<ProcessId> processes() {
        Set<ProcessId> processes = new LinkedHashSet<>();
        state().ifPresent(state -> {
            processes.add(state.anchor());
            state.engines().forEach(engine -> engine.process().ifPresent(processes::add));
        });
        for (Path file : files("engine-*.json")) {
            EngineFile.read(file).ifPresent(engine -> processes.add(engine.process()));
        }
        return processes;
    }

    /** Makes the folder, for its owner only. */
    void create() {
        try {
            JsonFiles.createFolder(path.getParent());
            JsonFiles.createFolder(path);
            JsonFiles.createFolder(logs());
        } catch (IOException e) {
            throw new GridException(
                    "the folder " + path + " cannot be made (" + e.getClass().getSimpleName()
                            + "); make it writable, or set GRIDCTL_HOME to a folder that is",
                    e);
        }
    }

    /** Removes what a running grid leaves, all but the logs. */
    void clean() {
        removeShared();
        for (Path file : files("{connection,secret,spec,state,engine-*}.json")) {
            delete(file);
        }
        for (Path file : files(".*.json.*")) {
            delete(file);
        }
        removeAll(calls());
    }

    /** Removes what the grid's processes share in memory; its name is known as long as the secret is. */
    void removeShared() {
        if (Files.exists(secretFile())) {
            try {
                HostMemory.of(secret()).remove();
            } catch (IOException unreadable) {
                log.debug("what grid {} shared in memory is left to be swept by another", name, unreadable);
            }
        }
    }

    /** Removes a folder and all in it, if it is there. */
    static void removeAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(GridFolder::delete);
        } catch (IOException e) {
            throw new GridException("the folder " + folder + " cannot be read", e);
        }
    }

    /** Removes the folder of a grid that has been stopped and that nobody will look at again, logs and all. */
    public void remove() {
        clean();
        removeLogs();
        delete(logs());
        delete(lockFile());
        delete(path);
    }

    void removeLogs() {
        if (!Files.isDirectory(logs())) {
            return;
        }
        try (Stream<Path> logs = Files.list(logs())) {
            logs.forEach(GridFolder::delete);
        } catch (IOException e) {
            throw new GridException("the folder " + logs() + " cannot be read", e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new GridException("the file " + file + " cannot be removed; remove it by hand", e);
        }
    }

    private List<Path> files(String glob) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(path, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        } catch (IOException e) {
            throw new GridException("the folder " + path + " cannot be read; see $GRIDCTL_HOME", e);
        }
    }
}
