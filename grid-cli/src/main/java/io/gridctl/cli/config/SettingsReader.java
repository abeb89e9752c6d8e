package io.gridctl.cli.config;

import io.gridctl.node.EngineSettings;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.LaunchSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the nodes of a file into settings, and notes down each that is of the wrong kind or has a value that cannot be. */
final class SettingsReader {
    private final Path folder;
    private final Map<Setting, Node> values;
    private final Problems problems;

    SettingsReader(Path file, Map<Setting, Node> values, Problems problems) {
        this.folder = file.toAbsolutePath().normalize().resolveSibling("");
        this.values = values;
        this.problems = problems;
    }

    GridSettings read() {
        return new GridSettings(
                text(Setting.NAME, "a name, such as night", GridHome::checkName),
                number(Setting.ENGINES, "a whole number, such as 4, or auto", LaunchSpec::checkEngines),
                number(Setting.SLOTS, "a whole number, such as 1", LaunchSpec::checkSlots),
                flag(Setting.VIRTUAL_SLOTS, EngineSettings::checkVirtualSlots),
                text(Setting.HEAP, "a size, such as 512m or 4g, or auto", LaunchSpec::checkHeap),
                texts(Setting.CLASSPATH, "paths, such as [lib/tools.jar]", this::checkPath)
                        .map(this::paths),
                texts(Setting.JVM_ARGS, "arguments, such as [-Dkey=value]", LaunchSpec::checkJvmArg),
                texts(Setting.TAGS, "labels, such as [fast]", LaunchSpec::checkTag)
                        .map(SettingsReader::inOrder));
    }

    private Optional<String> text(Setting setting, String wanted, Consumer<String> check) {
        Optional<ScalarNode> node = scalar(setting, wanted);
        return node.filter(scalar -> isGood(setting, scalar, () -> check.accept(scalar.getValue())))
                .map(ScalarNode::getValue);
    }

    private Optional<Integer> number(Setting setting, String wanted, Consumer<Integer> check) {
        Optional<ScalarNode> node = scalar(setting, wanted);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> number = wholeNumber(node.get());
        if (number.isEmpty()) {
            return wrongKind(setting, node.get(), wanted);
        }
        return number.filter(value -> isGood(setting, node.get(), () -> check.accept(value)));
    }

    private Optional<Boolean> flag(Setting setting, Consumer<Boolean> check) {
        String wanted = "true or false";
        Optional<ScalarNode> node = scalar(setting, wanted);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().getTag().equals(Tag.BOOL)) {
            return wrongKind(setting, node.get(), wanted);
        }
        return Optional.of(Boolean.valueOf(node.get().getValue()))
                .filter(value -> isGood(setting, node.get(), () -> check.accept(value)));
    }

    private static Optional<Integer> wholeNumber(ScalarNode scalar) {
        try {
            return scalar.getTag().equals(Tag.INT) ? Optional.of(Integer.valueOf(scalar.getValue())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // more than an int holds
        }
    }

    /** One value that is neither missing nor left to gridctl. */
    private Optional<ScalarNode> scalar(Setting setting, String wanted) {
        Node node = values.get(setting);
        if (node == null || isAuto(setting, node)) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar && !isEmpty(scalar)) {
            return Optional.of(scalar);
        }
        return wrongKind(setting, node, wanted);
    }

    private Optional<List<String>> texts(Setting setting, String wanted, Consumer<String> check) {
        Node node = values.get(setting);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return wrongKind(setting, node, "a list of " + wanted);
        }
        List<String> texts = new ArrayList<>();
        for (Node entry : sequence.getValue()) {
            if (!(entry instanceof ScalarNode scalar) || isEmpty(scalar)) {
                wrongKind(setting, entry, "a list of " + wanted);
            } else if (isGood(setting, entry, () -> check.accept(scalar.getValue()))) {
                texts.add(scalar.getValue());
            }
        }
        return Optional.of(texts);
    }

    private static boolean isAuto(Setting setting, Node node) {
        return (setting == Setting.ENGINES || setting == Setting.HEAP)
                && node instanceof ScalarNode scalar
                && scalar.getValue().equals(ConfigFile.AUTO);
    }

    private static boolean isEmpty(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL);
    }

    private <T> Optional<T> wrongKind(Setting setting, Node node, String wanted) {
        String found = node instanceof ScalarNode scalar
                ? isEmpty(scalar) ? "nothing" : "'" + scalar.getValue() + "'"
                : node instanceof SequenceNode ? "a list" : "settings of its own";
        problems.add(node, "'" + setting.key() + "' is " + wanted + "; here it is " + found);
        return Optional.empty();
    }

    private boolean isGood(Setting setting, Node node, Runnable check) {
        try {
            check.run();
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(node, "'" + setting.key() + "': " + e.getMessage());
            return false;
        }
    }

    private void checkPath(String path) {
        if (!Files.exists(folder.resolve(path))) {
            throw new IllegalArgumentException(
                    "there is no " + folder.resolve(path).normalize());
        }
    }

    private List<Path> paths(List<String> texts) {
        return texts.stream().map(text -> folder.resolve(text).normalize()).toList();
    }

    private static Set<String> inOrder(List<String> texts) {
        return new LinkedHashSet<>(texts);
    }
}
