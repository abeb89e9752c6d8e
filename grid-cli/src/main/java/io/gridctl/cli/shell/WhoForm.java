package io.gridctl.cli.shell;

import io.gridctl.EngineSelector;
import io.gridctl.cli.output.NamesReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %who}. */
@Command(name = "%who", description = "Lists the names on the engines.")
final class WhoForm implements Form {
    private final Session session;

    @Option(names = "--targets", paramLabel = "ENGINES", converter = TargetChoice.class, description = "Which engines.")
    private @Nullable EngineSelector targets;

    WhoForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) throws InterruptedException {
        session.printer().out().print(new NamesReport(session.view(targets).names()).toTable());
        session.printer().out().flush();
        return true;
    }
}
