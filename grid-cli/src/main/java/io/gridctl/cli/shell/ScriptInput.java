package io.gridctl.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Standard input that is no terminal. */
final class ScriptInput implements Input {
    private final BufferedReader lines;
    private final InputEnd end;

    ScriptInput(BufferedReader lines, InputEnd end) {
        this.lines = lines;
        this.end = end;
    }

    @Override
    public Optional<String> next(int number) throws IOException {
        String input = lines.readLine();
        if (input == null) {
            return Optional.empty();
        }
        while (!end.isWhole(input)) {
            String more = lines.readLine();
            if (more == null) {
                break; // what is missing will be told
            }
            input = input + "\n" + more;
        }
        return Optional.of(input);
    }

    @Override
    public boolean isScript() {
        return true;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
