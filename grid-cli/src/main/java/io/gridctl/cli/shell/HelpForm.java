package io.gridctl.cli.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code %help}. */
@Command(name = "%help", description = "Lists the line forms, or tells all of one.")
final class HelpForm implements Form {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "FORM", description = "Such as px.")
    private String form = "";

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    HelpForm(Session session) {
        this.session = session;
    }

    /** Where to read on. */
    static String about(String form) {
        return "see %help " + form;
    }

    @Override
    public boolean run(Line line) {
        var forms = spec.parent().subcommands();
        if (!form.isEmpty()) {
            String name = form.startsWith("%") ? form : "%" + form;
            CommandLine told = forms.get(name);
            if (told == null) {
                throw new IllegalArgumentException("there is no " + name + "; %help lists what there is");
            }
            print(told.getUsageMessage());
            return true;
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "Java runs here, as JShell takes it; grid, all and lbv are the grid, all its engines, and the balanced view.");
        forms.forEach((name, command) -> {
            if (!name.startsWith("%%")) {
                lines.add(String.format("%-10s ", name)
                        + String.format(command.getCommandSpec().usageMessage().description()[0]));
            }
        });
        lines.add(
                "exit       Ends the shell, as Ctrl-D does. Ctrl-C interrupts the engines first, and this process second.");
        print(String.join(System.lineSeparator(), lines) + System.lineSeparator());
        return true;
    }

    private void print(String text) {
        session.printer().out().print(text);
        session.printer().out().flush();
    }
}
