package io.gridctl.node.cluster;

import io.gridctl.node.AnchorNode;
import io.gridctl.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The anchor's process: a member that keeps a copy of what the engines hold, and the parent of the engine processes.
 * Its one argument is the grid's folder. {@code SIGTERM} ends the grid at once.
 */
public final class AnchorMain {
    private static final Logger log = LoggerFactory.getLogger(AnchorMain.class);
    private static final int FAILED = 1;

    private final GridFolder folder;
    private final Supervisor supervisor;
    private @Nullable AnchorNode node;
    private @Nullable ConnectionFile connection;

    private AnchorMain(GridFolder folder, LaunchSpec spec) {
        this.folder = folder;
        this.supervisor = new Supervisor(folder, spec, this::ping, this::publish);
    }

    /**
     * Runs the anchor until it is told to end.
     *
     * @param args the grid's folder
     */
    public static void main(String[] args) {
        Management.letSleep();
        GridFolder folder = GridFolder.of(Path.of(args[0]));
        try {
            new AnchorMain(folder, LaunchSpec.read(folder.specFile())).run();
        } catch (InterruptedException | IOException | RuntimeException e) {
            log.error("the anchor of {} ends", folder.name(), e);
            System.exit(FAILED);
        }
    }

    private void run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "grid-anchor-end"));
        String secret = ConnectionFile.newSecret();
        folder.writeSecret(secret);
        // The engines come up while the first member does, and wait for the connection file before they join.
        supervisor.start();
        node = AnchorNode.start(new NodeSettings(folder.name(), secret, List.of(), NodeSettings.LOOPBACK));
        connection = new ConnectionFile(
                GridVersion.current(),
                folder.name(),
                secret,
                node.members(),
                ProcessHandle.current().pid(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        connection.write(folder.connectionFile());
        log.info("the anchor of {} listens on {}", folder.name(), node.address());
        if (supervisor.watch()) {
            System.exit(FAILED);
        }
    }

    private void ping(long pid, Runnable answered) {
        if (node != null) {
            node.ping(pid, answered);
        }
    }

    /** Tells clients of engines that came or went, so that they find the grid without its anchor. */
    private void publish() {
        if (node == null || connection == null) {
            return;
        }
        ConnectionFile fresh = connection.withAddresses(node.members());
        if (!fresh.equals(connection)) {
            connection = fresh;
            try {
                fresh.write(folder.connectionFile());
            } catch (IOException e) {
                log.warn("the connection file {} cannot be written", folder.connectionFile(), e);
            }
        }
    }

    /** Whatever ends this process ends the engines; nothing is handed over, since nobody is left to take it. */
    private void end() {
        boolean failed = supervisor.stop();
        if (failed) {
            folder.removeShared();
            GridFolder.delete(folder.connectionFile()); // the state stays: whoever started the grid reads it
        } else {
            folder.clean();
        }
        Runtime.getRuntime().halt(failed ? FAILED : 0);
    }
}
