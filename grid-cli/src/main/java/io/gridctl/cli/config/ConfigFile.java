package io.gridctl.cli.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML file that says what a grid is like. All that is wrong in it is told at once, each with its line. */
public final class ConfigFile {
    /** The word for leaving a setting to gridctl, which is the same as not writing it. */
    static final String AUTO = "auto";

    private final Path file;
    private final Problems problems;

    private ConfigFile(Path file) {
        this.file = file;
        this.problems = new Problems(file);
    }

    /**
     * Reads a file. Paths in it start at its folder.
     *
     * @param file where it is
     * @return what it says
     * @throws IllegalArgumentException if it cannot be read, or something in it cannot be; with lines and remedies
     */
    public static GridSettings read(Path file) {
        return new ConfigFile(file).parse(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("the configuration file " + file + " is not text in UTF-8", e);
        } catch (IOException e) {
            String why = !Files.exists(file)
                    ? "does not exist"
                    : Files.isDirectory(file) ? "is a folder" : "cannot be read by this user";
            throw new IllegalArgumentException("the configuration file " + file + " " + why, e);
        }
    }

    private GridSettings parse(String text) {
        Map<Setting, Node> values = values(compose(text));
        GridSettings settings = new SettingsReader(file, values, problems).read();
        problems.throwIfAny();
        return settings;
    }

    private Optional<Node> compose(String text) {
        try {
            return new Compose(
                            LoadSettings.builder().setSchema(new CoreSchema()).build())
                    .composeString(text);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark(), "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(Optional.empty(), "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Map<Setting, Node> values(Optional<Node> root) {
        Map<Setting, Node> values = new LinkedHashMap<>();
        if (root.isEmpty() || root.get().getTag().equals(Tag.NULL)) {
            return values; // nothing but comments
        }
        if (!(root.get() instanceof MappingNode mapping)) {
            problems.add(
                    root.get(), "a configuration is lines of the form 'setting: value'; settings are " + allKeys());
            return values;
        }
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            String name = key instanceof ScalarNode scalar ? scalar.getValue() : String.valueOf(key.getNodeType());
            Optional<Setting> setting = Setting.named(name);
            if (setting.isEmpty()) {
                problems.add(key, "there is no setting '" + name + "'; there are " + allKeys());
            } else if (values.putIfAbsent(setting.get(), entry.getValueNode()) != null) {
                problems.add(key, "'" + name + "' is set a second time");
            }
        }
        return values;
    }

    private static String allKeys() {
        return List.of(Setting.values()).stream().map(Setting::key).collect(Collectors.joining(", "));
    }
}
