package io.gridctl.cli.shell;

import io.gridctl.EngineSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %push name}. */
@Command(name = "%push", description = "Stores variables of this process under their names on the engines.")
final class PushForm implements Form {
    private final Session session;

    @Option(names = "--targets", paramLabel = "ENGINES", converter = TargetChoice.class, description = "Which engines.")
    private @Nullable EngineSelector targets;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The variables.")
    private List<String> names = new ArrayList<>();

    PushForm(Session session) {
        this.session = session;
    }

    @Override
    public boolean run(Line line) throws InterruptedException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(
                    name,
                    session.java()
                            .value(name)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "there is no variable '" + name + "' here; declare it first"))
                            .value());
        }
        session.view(targets).push(values);
        return true;
    }
}
