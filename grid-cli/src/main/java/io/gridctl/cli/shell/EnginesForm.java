package io.gridctl.cli.shell;

import io.gridctl.cli.output.StatusReport;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code %engines}. */
@Command(name = "%engines", description = "Lists the engines and how they are.")
final class EnginesForm implements Form {
    private final Session session;

    EnginesForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) throws InterruptedException {
        session.printer().out().print(new StatusReport(session.grid().status(), Optional.empty()).toTable());
        session.printer().out().flush();
        return true;
    }
}
