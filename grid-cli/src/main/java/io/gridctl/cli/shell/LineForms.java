package io.gridctl.cli.shell;

import io.gridctl.GridException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The lines that begin with a percent sign. */
final class LineForms {
    private final Session session;
    private final Interrupts interrupts;

    /** Has nothing but the forms below it. */
    @Command(name = "")
    private static final class Root {}

    LineForms(Session session, Interrupts interrupts) {
        this.session = session;
        this.interrupts = interrupts;
    }

    static boolean isForm(String input) {
        return input.startsWith("%");
    }

    /** A fresh one for each line, since picocli keeps what was typed in the objects. */
    static CommandLine commandLine(Session session) {
        CommandLine line = new CommandLine(new Root());
        for (Form form : List.of(
                new PxForm(session),
                new PxResultForm(session),
                new AutoPxForm(session),
                new TargetsForm(session),
                new WhoForm(session),
                new EnginesForm(session),
                new PushForm(session),
                new PullForm(session),
                new HelpForm(session))) {
            line.addSubcommand(form);
        }
        line.getSubcommands().get("%px").setStopAtPositional(true);
        return line.setCaseInsensitiveEnumValuesAllowed(true);
    }

    /**
     * Does what a form says.
     *
     * @param input the form, whole
     * @return false if it failed, which has been told
     */
    boolean run(String input) {
        Line line = Line.of(input);
        CommandLine forms = commandLine(session);
        CommandLine form = forms.getSubcommands().get(line.name());
        if (form == null) {
            session.printer().error("there is no " + line.name() + "; %help lists what there is");
            return false;
        }
        try {
            forms.parseArgs(line.words().toArray(String[]::new));
        } catch (ParameterException e) {
            session.printer()
                    .error(line.name() + ": " + e.getMessage() + "; "
                            + HelpForm.about(line.name().replace("%", "")));
            return false;
        }
        Form chosen = form.getCommand();
        return during(line.name(), () -> chosen.run(line));
    }

    /** Java that is for the engines without a form. */
    boolean send(String code) {
        return during("%autopx", () -> new PxForm(session).send(code));
    }

    private boolean during(String name, Callable<Boolean> work) {
        try {
            return interrupts.during(work);
        } catch (CancellationException | InterruptedException e) {
            session.printer().error("interrupted");
            return false;
        } catch (IllegalArgumentException | GridException refused) {
            session.printer().error(name + ": " + refused.getMessage());
            return false;
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
