package io.gridctl.cli.shell;

import io.gridctl.EngineSelector;
import io.gridctl.node.shell.ValueDisplay;
import java.util.List;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %pull name}. */
@Command(name = "%pull", description = "Shows the values of a name, one per engine.")
final class PullForm implements Form {
    private final Session session;

    @Option(names = "--targets", paramLabel = "ENGINES", converter = TargetChoice.class, description = "Which engines.")
    private @Nullable EngineSelector targets;

    @Option(names = "--out", paramLabel = "NAME", description = "Makes the list of them a variable here.")
    private @Nullable String out;

    @Parameters(paramLabel = "NAME", description = "The name.")
    private String name = "";

    PullForm(Session session) {
        this.session = session;
    }

    static void checkName(String name) {
        if (!SourceVersion.isName(name) || name.contains(".")) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a variable");
        }
    }

    @Override
    public boolean run(Line line) throws InterruptedException {
        if (out != null) {
            checkName(out);
        }
        List<@Nullable Object> values = session.view(targets).pull(name);
        session.printer().line(name + ": " + ValueDisplay.of(values));
        if (out != null && !session.java().bind("List<" + typeOf(values) + ">", out, values)) {
            session.java().bind("List<?>", out, values);
        }
        return true;
    }

    /** Their class, if all have the same and it can be named. */
    private static String typeOf(List<@Nullable Object> values) {
        Class<?> type = null;
        for (Object value : values) {
            if (value == null || (type != null && value.getClass() != type)) {
                return "Object";
            }
            type = value.getClass();
        }
        String known = type == null ? null : type.getCanonicalName();
        return known == null ? "Object" : known;
    }
}
