package io.gridctl.cli.shell;

import io.gridctl.EngineSelector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %targets}. */
@Command(name = "%targets", description = "Says which engines %%px and the other forms are for, or shows it.")
final class TargetsForm implements Form {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "ENGINES",
            converter = TargetChoice.class,
            description = "all, ids (0,2), or positions from:to:step (::2).")
    private @Nullable EngineSelector targets;

    TargetsForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) {
        // Names an engine that is not there before anything changes.
        var ids = session.view(targets).ids();
        if (targets != null) {
            session.setTargets(targets);
        }
        session.printer().line("engines " + ids);
        return true;
    }
}
