package io.gridctl.cli.config;

import io.gridctl.node.cluster.LaunchSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody said of a grid that is to be started; what is empty was not said.
 *
 * @param name the grid's name
 * @param engines how many engines
 * @param slots how many tasks each runs at once
 * @param virtualSlots whether the slots are virtual threads
 * @param heap the most heap of one engine
 * @param classPath jars and folders that all engines have
 * @param jvmArgs further arguments for the engines' JVMs
 * @param tags labels of all engines
 */
public record GridSettings(
        Optional<String> name,
        Optional<Integer> engines,
        Optional<Integer> slots,
        Optional<Boolean> virtualSlots,
        Optional<String> heap,
        Optional<List<Path>> classPath,
        Optional<List<String>> jvmArgs,
        Optional<Set<String>> tags) {
    /** Copies the collections. */
    public GridSettings {
        classPath = classPath.map(List::copyOf);
        jvmArgs = jvmArgs.map(List::copyOf);
        tags = tags.map(Set::copyOf);
    }

    /**
     * Joins two sayings, setting by setting.
     *
     * @param others what holds where this says nothing
     * @return both
     */
    public GridSettings orElse(GridSettings others) {
        return new GridSettings(
                name.or(others::name),
                engines.or(others::engines),
                slots.or(others::slots),
                virtualSlots.or(others::virtualSlots),
                heap.or(others::heap),
                classPath.or(others::classPath),
                jvmArgs.or(others::jvmArgs),
                tags.or(others::tags));
    }

    /**
     * What to start.
     *
     * @param defaultName the name if none was said
     * @param defaultEngines how many engines if it was not said
     * @return a spec in which nothing is left open
     * @throws IllegalArgumentException if a setting has a value that cannot be
     */
    public LaunchSpec toSpec(String defaultName, int defaultEngines) {
        LaunchSpec standard = LaunchSpec.of(name.orElse(defaultName), engines.orElse(defaultEngines));
        return standard.withEngines(slots.orElse(standard.slots()), tags.orElse(standard.tags()))
                .withVirtualSlots(virtualSlots.orElse(standard.virtualSlots()))
                .withJvm(heap, classPath.orElse(standard.classPath()), jvmArgs.orElse(standard.jvmArgs()));
    }
}
