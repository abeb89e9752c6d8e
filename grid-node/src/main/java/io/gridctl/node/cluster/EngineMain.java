package io.gridctl.node.cluster;

import io.gridctl.GridException;
import io.gridctl.node.EngineNode;
import io.gridctl.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine's process. Its arguments are the grid's folder and the engine's id; everything else, the secret above all,
 * it reads from the folder. {@code SIGTERM} lets it hand over what it holds and leave.
 */
public final class EngineMain implements EngineNode.Entrance {
    private static final Logger log = LoggerFactory.getLogger(EngineMain.class);
    private static final int FAILED = 1;
    private static final Duration LOOK_FOR_ANCHOR = Duration.ofMillis(5);

    private final GridFolder folder;
    private final int id;
    private volatile @Nullable EngineNode node;
    private @Nullable JoinTurn turn;

    private EngineMain(GridFolder folder, int id) {
        this.folder = folder;
        this.id = id;
    }

    /**
     * Runs an engine until it is told to leave.
     *
     * @param args the grid's folder and the engine's id
     */
    public static void main(String[] args) {
        Management.letSleep();
        int id = Integer.parseInt(args[1]);
        try {
            new EngineMain(GridFolder.of(Path.of(args[0])), id).run();
        } catch (InterruptedException | IOException | RuntimeException e) {
            log.error("engine {} cannot start", id, e);
            System.exit(FAILED);
        }
    }

    private void run() throws IOException, InterruptedException {
        ProcessId self = ProcessId.current();
        new EngineFile(self, false).write(folder.engineFile(id));
        Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "grid-engine-leave"));
        LaunchSpec spec = LaunchSpec.read(folder.specFile());
        NodeSettings settings = new NodeSettings(folder.name(), folder.secret(), List.of(), NodeSettings.LOOPBACK);
        boolean first = folder.state()
                .filter(state -> state.phase() == GridState.Phase.STARTING)
                .isPresent();
        node = EngineNode.start(settings, this, spec.engine(id), first ? spec.engines() + 1 : 1);
        new EngineFile(self, true).write(folder.engineFile(id));
        log.info("engine {} of {} is ready", id, folder.name());
        Thread.currentThread().join(); // until the process is told to end
    }

    /** Everything that this engine can do alone is done while the anchor comes up; this is where it waits for it. */
    @Override
    public String seed() {
        String anchor = awaitAnchor();
        if (turn == null) {
            turn = JoinTurn.await(folder.specFile());
        }
        return anchor;
    }

    @Override
    public void passed() {
        if (turn != null) {
            turn.close();
            turn = null;
        }
    }

    private String awaitAnchor() {
        ProcessHandle anchor = ProcessHandle.current().parent().orElse(null);
        while (!Files.exists(folder.connectionFile())) {
            if (anchor == null || !anchor.isAlive()) {
                throw new GridException("the anchor ended before engine " + id + " could join it");
            }
            LockSupport.parkNanos(LOOK_FOR_ANCHOR.toNanos());
        }
        return ConnectionFile.read(folder.connectionFile()).addresses().get(0);
    }

    private void leave() {
        EngineNode joined = node;
        if (joined != null) {
            joined.leave();
        }
    }
}
