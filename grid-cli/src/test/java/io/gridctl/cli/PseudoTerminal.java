package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.builtins.ScreenTerminal;

/** A program in a pseudo-terminal, and what its screen shows. Large, so that nothing is wrapped or scrolls away. */
public final class PseudoTerminal implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int COLUMNS = 500;
    private static final int ROWS = 200;

    private final PtyProcess process;
    private final ScreenTerminal screen = new ScreenTerminal(COLUMNS, ROWS);
    private final StringBuilder received = new StringBuilder();

    public PseudoTerminal(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        process = new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(environment)
                .setDirectory(folder.toString())
                .setInitialColumns(COLUMNS)
                .setInitialRows(ROWS)
                .start();
        Thread reader = new Thread(this::read, "terminal-screen");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] bytes = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                String text = new String(bytes, 0, n, StandardCharsets.UTF_8);
                screen.write(text);
                receive(text);
            }
        } catch (IOException e) {
            receive("(closed)"); // the terminal is gone
        }
    }

    private synchronized void receive(String text) {
        received.append(text);
    }

    public void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** All that came, colours and all. */
    public synchronized String received() {
        return received.toString();
    }

    /** What the screen shows, without blanks at the ends of lines and without the empty lines below. */
    public String screen() {
        return screen.toString()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .stripTrailing();
    }

    public void awaitScreen(String part) {
        await().atMost(SOON).untilAsserted(() -> assertThat(screen()).contains(part));
    }

    /** Waits until the last line is this. */
    public void awaitLast(String line) {
        await().atMost(SOON).untilAsserted(() -> assertThat(screen()).endsWith(line));
    }

    public int awaitEnd() {
        await().atMost(SOON).until(() -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
