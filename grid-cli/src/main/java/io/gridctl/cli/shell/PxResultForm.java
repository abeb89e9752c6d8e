package io.gridctl.cli.shell;

import io.gridctl.GridException;
import io.gridctl.MapResult;
import io.gridctl.TextReply;
import io.gridctl.cli.output.TextOutput;
import io.gridctl.cli.output.TextOutput.Group;
import io.gridctl.cli.output.TextTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %pxresult}. */
@Command(name = "%pxresult", description = "Waits for the last %%px and prints what came of it.")
final class PxResultForm implements Form {
    private final Session session;

    @Option(names = "--group", paramLabel = "HOW", description = "What stands together: engine, type or order.")
    private Group group = Group.TYPE;

    PxResultForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) throws InterruptedException {
        MapResult<TextReply> last =
                session.last().orElseThrow(() -> new IllegalArgumentException("nothing was sent yet; begin with %px"));
        try {
            new TextOutput(session.printer().out(), session.printer().err()).print(last, group);
            last.await();
            return true;
        } catch (GridException failure) {
            session.printer().error(TextTrace.of(failure));
            return false;
        }
    }
}
