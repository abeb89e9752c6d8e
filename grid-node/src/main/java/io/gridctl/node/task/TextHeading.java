package io.gridctl.node.task;

import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What engines are told of a text beside its source.
 *
 * @param name what it is called in messages and stacks
 * @param asked the members that are to run it, as one of them compiles it for all; none if that is not known
 */
public record TextHeading(String name, Set<UUID> asked) {
    /**
     * What {@link #toArgument} made.
     *
     * @param argument as it was read
     * @return the heading
     */
    public static TextHeading of(Object argument) {
        Object[] values = (Object[]) argument;
        return new TextHeading(
                (String) values[0],
                Arrays.stream(values, 1, values.length).map(UUID.class::cast).collect(Collectors.toUnmodifiableSet()));
    }

    /** {@return the argument of a call: of classes of the JDK, as a class of the grid's would be the program's there} */
    public Object[] toArgument() {
        return Stream.concat(Stream.of(name), asked.stream()).toArray();
    }
}
