package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.cluster.ConnectionFile;
import io.gridctl.node.cluster.GridState;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartStopIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void prepare() {
        gridctl = new Gridctl(folder);
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    @Test
    void aGridIsStartedOnceAndStoppedOnce() throws IOException, InterruptedException {
        Result start = gridctl.run("start", "-n", "2", "--detach");
        List<ProcessId> processes = processes();
        Result again = gridctl.run("start", "-n", "1", "--detach");
        Result stop = gridctl.run("stop");
        Result nothingLeft = gridctl.run("stop");

        assertThat(start.exitCode()).as(start.err()).isZero();
        assertThat(start.out())
                .contains("2 engines ready")
                .contains(gridctl.grid().connectionFile().toString());
        assertThat(processes).hasSize(3);
        assertThat(again.exitCode()).isEqualTo(10);
        assertThat(again.err()).contains("'default' runs already").contains("gridctl stop");
        assertThat(stop.exitCode()).as(stop.err()).isZero();
        assertThat(processes).noneMatch(ProcessId::isAlive);
        assertThat(gridctl.grid().connectionFile()).doesNotExist();
        assertThat(nothingLeft.exitCode()).isEqualTo(11);
        assertThat(nothingLeft.err()).contains("no grid runs here");
    }

    @Test
    void theForegroundEndsTheGridWhenItIsTerminated() throws IOException, InterruptedException {
        Process start = gridctl.launch("start", "-n", "1");
        gridctl.awaitReady(1);
        List<ProcessId> processes = processes();

        start.destroy();

        await().atMost(SOON).until(() -> !start.isAlive());
        assertThat(start.exitValue()).isEqualTo(143);
        assertThat(processes).hasSize(2).noneMatch(ProcessId::isAlive);
    }

    @Test
    void theForegroundEndsWhenTheGridIsStoppedElsewhere() throws IOException, InterruptedException {
        Process start = gridctl.launch("start", "-n", "1", "--name", "night");
        await().atMost(Gridctl.PATIENCE)
                .until(() -> gridctl.home()
                        .grid("night")
                        .state()
                        .filter(state -> state.readyEngines() == 1)
                        .isPresent());

        Result stop = gridctl.run("stop", "--name", "night");

        assertThat(stop.exitCode()).as(stop.err()).isZero();
        await().atMost(SOON).until(() -> !start.isAlive());
        assertThat(start.exitValue()).isZero();
    }

    @Test
    void anEngineThatCannotStartShowsItsLogAndEndsTheGrid() throws IOException, InterruptedException {
        Result start = gridctl.run("start", "-n", "2", "--jvm-arg=-XX:NoSuchFlag");

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.err())
                .contains("cannot be started")
                .contains("NoSuchFlag")
                .contains("engine-0.log");
        assertThat(gridctl.grid().isRunning()).isFalse();
        assertThat(gridctl.run("stop").exitCode()).isEqualTo(11);
    }

    @Test
    void enginesThatLostTheirAnchorGoOnUntilTheyAreStopped() throws IOException, InterruptedException {
        Process foreground = gridctl.launch("start", "-n", "1");
        GridState state = gridctl.awaitReady(1);
        ProcessId engine = gridctl.engines().get(0);

        Gridctl.kill(state.anchor());
        await().atMost(SOON).until(() -> !foreground.isAlive());
        Result start = gridctl.run("start", "-n", "1");
        boolean survived = engine.isAlive();
        Result stop = gridctl.run("stop");

        assertThat(foreground.exitValue()).isEqualTo(1);
        assertThat(survived).isTrue();
        assertThat(start.exitCode()).isEqualTo(10);
        assertThat(start.err()).contains("without an anchor").contains("gridctl stop --name default");
        assertThat(stop.exitCode()).as(stop.err()).isZero();
        assertThat(engine.isAlive()).isFalse();
    }

    @Test
    void leftOversOfACrashAndUsedPortsBlockNoStart() throws IOException, InterruptedException {
        Path grid = Files.createDirectories(gridctl.grid().path());
        Files.writeString(grid.resolve("connection.json"), "{\"format\": 1, \"grid\":");
        Files.writeString(
                grid.resolve("state.json"),
                "{\"anchor\": {\"pid\": " + ProcessHandle.current().pid()
                        + ", \"startedMillis\": 1}, \"phase\": \"RUNNING\", \"message\": \"\", \"engines\": []}");
        Files.writeString(grid.resolve("engine-7.json"), "{\"pid\": 999999, \"startedMillis\": 1}");

        try (var first = occupy(17310);
                var second = occupy(17311)) {
            Result start = gridctl.run("start", "-n", "1", "--detach");

            assertThat(start.exitCode()).as(start.err()).isZero();
            List<String> held = Stream.of(first, second)
                    .filter(ServerSocket::isBound)
                    .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                    .toList();
            assertThat(ConnectionFile.read(gridctl.grid().connectionFile()).addresses())
                    .isNotEmpty()
                    .noneMatch(held::contains);
            assertThat(grid.resolve("engine-7.json")).doesNotExist();
        }
    }

    @Test
    void whatADeadGridLeftIsClearedByItsName() throws IOException, InterruptedException {
        Path grid = Files.createDirectories(gridctl.home().grid("night").path());
        Path connection = Files.writeString(grid.resolve("connection.json"), "{}");

        Result stop = gridctl.run("stop", "--name", "night");

        assertThat(stop.exitCode()).isEqualTo(11);
        assertThat(stop.err()).isEqualTo("gridctl: nothing to stop: no grid named 'night' runs here\n");
        assertThat(connection).doesNotExist();
    }

    @Test
    void allGridsAreStoppedTogether() throws IOException, InterruptedException {
        gridctl.run("start", "-n", "1", "--detach", "--name", "day");
        gridctl.run("start", "-n", "1", "--detach", "--name", "night");

        Result unclear = gridctl.run("stop");
        Result stop = gridctl.run("stop", "--all");

        assertThat(unclear.exitCode()).isEqualTo(2);
        assertThat(unclear.err()).contains("day, night").contains("--name");
        assertThat(stop.exitCode()).as(stop.err()).isZero();
        assertThat(stop.out()).contains("'day' stopped").contains("'night' stopped");
        assertThat(gridctl.home().running()).isEmpty();
    }

    private List<ProcessId> processes() {
        List<ProcessId> processes = new ArrayList<>(gridctl.engines());
        gridctl.grid().state().ifPresent(state -> processes.add(state.anchor()));
        return processes;
    }

    /** Takes a port unless somebody has it already, who may let go of it at any time. */
    private static ServerSocket occupy(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException taken) {
            assertThat(taken).hasMessageContaining("in use");
        }
        return socket;
    }
}
