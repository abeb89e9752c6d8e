package io.gridctl.node.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes that clients' programs have brought to an engine, for the program of its texts: those that were sent, and
 * whatever their clients can be asked for.
 */
public final class BroughtClasses implements CodeSource {
    private final ProgramLoaders programs;
    private final String reader;

    /**
     * What others have brought.
     *
     * @param programs the engine's programs
     * @param reader the program that reads; its own classes are not meant
     */
    public BroughtClasses(ProgramLoaders programs, String reader) {
        this.programs = programs;
        this.reader = reader;
    }

    /**
     * The classes of a package that were sent, though not those of prompts, whose names say nothing: texts have classes of
     * the same names.
     *
     * @param packageName the package
     * @return each name once
     */
    public List<ClassFile> ofPackage(String packageName) {
        List<ClassFile> found = new ArrayList<>();
        programs.others(reader)
                .values()
                .forEach(loader -> loader.classNames().stream()
                        .filter(name -> packageName.equals(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
                        .filter(name -> !PromptVariables.isOfPrompt(name))
                        .filter(name ->
                                found.stream().noneMatch(other -> other.name().equals(name)))
                        .map(loader::classFile)
                        .flatMap(Optional::stream)
                        .forEach(found::add));
        return found;
    }

    /**
     * Which were sent so far.
     *
     * @return each program with the name of each of its classes, in the same order on every engine that has the same
     */
    public List<String> names() {
        return programs.others(reader).entrySet().stream()
                .flatMap(program -> program.getValue().classNames().stream().map(name -> program.getKey() + " " + name))
                .sorted()
                .toList();
    }

    /**
     * How many were sent so far.
     *
     * @return another number when there are others
     */
    public int count() {
        return programs.others(reader).values().stream()
                .mapToInt(ProgramLoader::classCount)
                .sum();
    }

    @Override
    public Answer<ClassFile> classes(String program, String className) {
        Map<String, ProgramLoader> others = programs.others(reader);
        for (ProgramLoader loader : others.values()) {
            Optional<ClassFile> sent = loader.classFile(className);
            if (sent.isPresent()) {
                return Answer.of(List.of(sent.get()));
            }
        }
        for (String other : others.keySet()) {
            Answer<ClassFile> asked = programs.source().classes(other, className);
            if (!asked.found().isEmpty()) {
                return asked;
            }
        }
        return new Answer<>(List.of(), "no program has brought it", false);
    }

    @Override
    public Answer<byte[]> resources(String program, String name) {
        for (String other : programs.others(reader).keySet()) {
            Answer<byte[]> asked = programs.source().resources(other, name);
            if (!asked.found().isEmpty()) {
                return asked;
            }
        }
        return new Answer<>(List.of(), "no program has brought it", false);
    }
}
