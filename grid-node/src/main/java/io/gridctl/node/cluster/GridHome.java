package io.gridctl.node.cluster;

import io.gridctl.GridException;
import io.gridctl.GridNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the grids of this user on this machine keep their state: one folder per grid, for its owner only. */
public final class GridHome {
    /** The name of a grid that was given none. */
    public static final String DEFAULT_NAME = "default";

    private static final String PRIVATE = "private-";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

    private final Path root;

    private GridHome(Path root) {
        this.root = root;
    }

    /**
     * The home of this user: {@code $GRIDCTL_HOME}, or else {@code ~/.gridctl}.
     *
     * @return the home, which need not exist
     */
    public static GridHome ofUser() {
        String configured = System.getenv("GRIDCTL_HOME");
        return at(
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".gridctl")
                        : Path.of(configured));
    }

    /**
     * A home in a chosen folder.
     *
     * @param root the folder, which need not exist
     * @return the home
     */
    public static GridHome at(Path root) {
        return new GridHome(root.toAbsolutePath().normalize());
    }

    /**
     * The folder that holds all grids.
     *
     * @return an absolute path
     */
    public Path root() {
        return root;
    }

    /**
     * A name for a grid that one process starts for itself. Who looks for a grid without naming it does not find it.
     *
     * @param what what the grid is for
     * @return a name that no other process uses
     */
    public static String privateName(String what) {
        return PRIVATE + what + "-" + ProcessHandle.current().pid();
    }

    /**
     * The folder of one grid.
     *
     * @param name the grid's name
     * @return its folder, which need not exist
     * @throws IllegalArgumentException if no grid can have that name
     */
    public GridFolder grid(String name) {
        checkName(name);
        return new GridFolder(name, root.resolve(name));
    }

    /**
     * All grids that have left something here, running or not.
     *
     * @return their folders, by name
     * @throws GridException if the home cannot be read
     */
    public List<GridFolder> grids() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .map(this::grid)
                    .toList();
        } catch (IOException e) {
            throw new GridException("the folder " + root + " cannot be read; see $GRIDCTL_HOME", e);
        }
    }

    /**
     * All grids of which a process lives.
     *
     * @return their folders, by name
     */
    public List<GridFolder> running() {
        return grids().stream().filter(GridFolder::isRunning).toList();
    }

    /**
     * Finds a running grid.
     *
     * @param name its name; without one, the only grid that runs
     * @return its folder
     * @throws GridNotFoundException if it does not run; without a name, if none runs or several do
     * @throws IllegalArgumentException if no grid can have that name
     */
    public GridFolder find(Optional<String> name) {
        if (name.isPresent()) {
            GridFolder folder = grid(name.get());
            if (!folder.isRunning()) {
                throw new GridNotFoundException(
                        "no grid named '" + name.get() + "' runs here; start it with: gridctl start"
                                + (name.get().equals(DEFAULT_NAME) ? "" : " --name " + name.get()));
            }
            return folder;
        }
        List<GridFolder> running = running().stream()
                .filter(grid -> !grid.name().startsWith(PRIVATE))
                .toList();
        if (running.isEmpty()) {
            throw new GridNotFoundException("no grid runs here; start one with: gridctl start");
        }
        if (running.size() > 1) {
            throw new GridNotFoundException("several grids run here: "
                    + running.stream().map(GridFolder::name).collect(Collectors.joining(", "))
                    + "; say which one by its name");
        }
        return running.get(0);
    }

    /**
     * Checks a grid's name: it becomes the name of a folder.
     *
     * @param name the name
     * @throws IllegalArgumentException if it is none
     */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the name of a grid: a name has 1 to 64 letters, "
                            + "digits, '-', '_' or '.', and does not begin with '-' or '.'");
        }
    }
}
