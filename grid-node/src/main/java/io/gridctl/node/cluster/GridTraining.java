package io.gridctl.node.cluster;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.GridProvider;
import io.gridctl.node.AnchorNode;
import io.gridctl.node.EngineNode;
import io.gridctl.node.NodeSettings;
import io.gridctl.node.cluster.GridState.EnginePhase;
import io.gridctl.node.cluster.GridState.EngineProcess;
import io.gridctl.node.cluster.GridState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Does in one process what an anchor, an engine and a client do when they start, so that a JVM can archive the classes
 * they need.
 */
public final class GridTraining {
    private GridTraining() {}

    /**
     * Starts an anchor, an engine and a client, has them do a little of everything, and ends them.
     *
     * @param home an empty folder
     * @throws IOException if the folder cannot be written to
     * @throws InterruptedException if this thread is interrupted
     */
    public static void run(Path home) throws IOException, InterruptedException {
        GridFolder folder = GridHome.at(home).grid("training");
        folder.create();
        LaunchSpec.of(folder.name(), 1).write(folder.specFile());
        LaunchSpec spec = LaunchSpec.read(folder.specFile());
        NodeSettings settings =
                new NodeSettings(folder.name(), ConnectionFile.newSecret(), List.of(), NodeSettings.LOOPBACK);
        try (AnchorNode anchor = AnchorNode.start(settings)) {
            new ConnectionFile(
                            GridVersion.current(),
                            folder.name(),
                            settings.secret(),
                            anchor.members(),
                            ProcessHandle.current().pid(),
                            Instant.now())
                    .write(folder.connectionFile());
            EngineNode engine = EngineNode.start(
                    ConnectionFile.read(folder.connectionFile()).toSettings(), spec.engine(0));
            try {
                new EngineFile(ProcessId.current(), true).write(folder.engineFile(0));
                new GridState(
                                ProcessId.current(),
                                Phase.RUNNING,
                                "",
                                List.of(new EngineProcess(
                                        0, Optional.of(ProcessId.current()), EnginePhase.READY, 0, "", "")))
                        .write(folder.stateFile());
                JvmCommand.engine(folder, spec, 0, 1);
                folder.processes().forEach(ProcessId::isAlive);
                if (ServiceLoader.load(GridProvider.class).findFirst().isPresent()) {
                    useAsClient(folder);
                }
            } finally {
                engine.close();
            }
        }
        folder.remove();
    }

    private static void useAsClient(GridFolder folder) throws InterruptedException {
        try (Grid grid = Grid.connect(ConnectOptions.defaults().withFile(folder.connectionFile()))) {
            grid.engines().push("a", 5);
            grid.engines().pull("a");
            grid.engines().apply(namespace -> namespace.<Integer>get("a") + 1);
            grid.engines().execute("int trained = 1; trained + 1");
            grid.loadBalanced().map(number -> number + 1, List.of(1, 2, 3));
            grid.status();
        }
    }
}
