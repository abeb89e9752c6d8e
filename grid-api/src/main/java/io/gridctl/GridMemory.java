package io.gridctl;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a grid holds, by size and owner. Sizes are those of the bytes that are stored or kept; copies that stand by for the
 * loss of an engine come on top.
 *
 * @param name the grid's name
 * @param engines one entry per id, in order
 * @param storedClasses classes that are kept in the grid because stored values are made of them, by program
 */
public record GridMemory(String name, List<EngineMemory> engines, List<ProgramClasses> storedClasses) {
    /** Copies the lists. */
    public GridMemory {
        engines = List.copyOf(engines);
        storedClasses = List.copyOf(storedClasses);
    }

    /**
     * What is held for or by one engine.
     *
     * @param engine the engine's id
     * @param answered whether the engine answered when it was asked; if not, only its values are known
     * @param heapUsedBytes heap in use
     * @param heapMaxBytes heap it may use
     * @param values its named values, in the order of their names
     * @param loadedClasses classes that programs have brought to it
     * @param functions large functions that programs have brought to it, with the values that they capture
     * @param results outcomes that it keeps until their client has them
     */
    public record EngineMemory(
            int engine,
            boolean answered,
            long heapUsedBytes,
            long heapMaxBytes,
            List<Value> values,
            List<ProgramClasses> loadedClasses,
            List<ProgramFunctions> functions,
            List<Results> results) {
        /** Copies the lists. */
        public EngineMemory {
            values = List.copyOf(values);
            loadedClasses = List.copyOf(loadedClasses);
            functions = List.copyOf(functions);
            results = List.copyOf(results);
        }
    }

    /**
     * One named value.
     *
     * @param name its name
     * @param typeName the class of the value, a binary class name
     * @param bytes its size
     * @param program the program that has its class, empty if every engine has it
     * @param shared the id of a large value, which several engines hold together; empty for a small one, which each has
     *     for itself
     */
    public record Value(String name, String typeName, long bytes, Optional<String> program, Optional<UUID> shared) {}

    /**
     * Classes of one program.
     *
     * @param program the program's id
     * @param client the client that brought it
     * @param classes how many there are
     * @param bytes the size of their class files
     */
    public record ProgramClasses(String program, UUID client, int classes, long bytes) {}

    /**
     * Functions of one program that an engine keeps so that they need not be sent again; what was not used for long makes
     * room for others, and all go when the client leaves.
     *
     * @param program the program's id
     * @param client the client that brought it
     * @param functions how many there are
     * @param bytes their size, with the values that they capture
     */
    public record ProgramFunctions(String program, UUID client, int functions, long bytes) {}

    /**
     * Outcomes kept for one client.
     *
     * @param client whose tasks they are of
     * @param results how many
     * @param bytes their size
     */
    public record Results(UUID client, int results, long bytes) {}

    /**
     * How many bytes all values have together.
     *
     * @return the sum; a large value counts once, however many engines refer to it
     */
    public long valueBytes() {
        Set<UUID> counted = new HashSet<>();
        return engines.stream()
                .flatMap(engine -> engine.values().stream())
                .filter(value -> value.shared().map(counted::add).orElse(true))
                .mapToLong(Value::bytes)
                .sum();
    }

    /**
     * How many bytes all class files have together, stored and loaded.
     *
     * @return the sum
     */
    public long classBytes() {
        return storedClasses.stream().mapToLong(ProgramClasses::bytes).sum()
                + engines.stream()
                        .flatMap(engine -> engine.loadedClasses().stream())
                        .mapToLong(ProgramClasses::bytes)
                        .sum();
    }

    /**
     * How many bytes all functions have together.
     *
     * @return the sum
     */
    public long functionBytes() {
        return engines.stream()
                .flatMap(engine -> engine.functions().stream())
                .mapToLong(ProgramFunctions::bytes)
                .sum();
    }

    /**
     * How many bytes all kept outcomes have together.
     *
     * @return the sum
     */
    public long resultBytes() {
        return engines.stream()
                .flatMap(engine -> engine.results().stream())
                .mapToLong(Results::bytes)
                .sum();
    }
}
