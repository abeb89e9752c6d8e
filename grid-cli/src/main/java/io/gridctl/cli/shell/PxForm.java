package io.gridctl.cli.shell;

import io.gridctl.DirectView;
import io.gridctl.EngineSelector;
import io.gridctl.GridException;
import io.gridctl.MapResult;
import io.gridctl.TextReply;
import io.gridctl.cli.output.TextOutput;
import io.gridctl.cli.output.TextTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %px code}, and {@code %%px} with code below it. */
@Command(
        name = "%px",
        aliases = "%%px",
        description = "Runs Java on the engines; %%%%px runs the lines below it, up to a blank one.")
final class PxForm implements Form {
    private final Session session;

    @Option(
            names = "--targets",
            paramLabel = "ENGINES",
            converter = TargetChoice.class,
            description = "Which engines, this once: all, ids (0,2), or positions from:to:step (::2).")
    private @Nullable EngineSelector targets;

    @Option(names = "--noblock", description = "Does not wait; %%pxresult does.")
    private boolean noBlock;

    @Option(names = "--local", description = "Runs it here, too.")
    private boolean local;

    @Option(names = "--out", paramLabel = "NAME", description = "Makes the result a variable here.")
    private @Nullable String out;

    @Option(
            names = "--group",
            paramLabel = "HOW",
            description =
                    "What stands together: engine, type, or order; if it is not said, type, and what takes long is"
                            + " shown as it is printed.")
    private TextOutput.@Nullable Group group;

    @Parameters(paramLabel = "CODE", arity = "0..*", description = "The code, to the end of the line.")
    private List<String> words = new ArrayList<>();

    PxForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) throws InterruptedException {
        if (line.isCell() && !words.isEmpty()) {
            throw new IllegalArgumentException("the code of a cell begins in the line below; this line is for options");
        }
        String code = line.code(words.size());
        if (code.isBlank()) {
            throw new IllegalArgumentException("there is no code; " + HelpForm.about("px"));
        }
        if (out != null) {
            PullForm.checkName(out);
        }
        return send(code);
    }

    /** Sends a text as the options say. */
    boolean send(String code) throws InterruptedException {
        Printer printer = session.printer();
        DirectView view = session.view(targets);
        MapResult<TextReply> result = view.executeAsync(code);
        session.setLast(result);
        if (out != null) {
            session.java().bind("MapResult<TextReply>", out, result);
        }
        boolean well = !local || session.java().run(code, 0);
        TextOutput output = new TextOutput(printer.out(), printer.err());
        if (noBlock) {
            output.follow(result);
            printer.line("begun on engines " + view.ids() + "; %pxresult waits for it");
            return well;
        }
        try {
            if (group == null) {
                output.printAsItComes(result);
            } else {
                output.print(result, group);
            }
            result.await();
            return well;
        } catch (GridException failure) {
            printer.error(TextTrace.of(failure));
            return false;
        }
    }
}
