package io.gridctl.cli.shell;

import picocli.CommandLine.Command;

/** {@code %autopx}. */
@Command(
        name = "%autopx",
        description = "From now on Java without a form is for the engines; a second time, for this process again.")
final class AutoPxForm implements Form {
    private final Session session;

    AutoPxForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) {
        session.setAuto(!session.isAuto());
        session.printer().line(session.isAuto() ? "%autopx on" : "%autopx off");
        return true;
    }
}
