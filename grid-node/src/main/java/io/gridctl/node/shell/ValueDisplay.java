package io.gridctl.node.shell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as a prompt shows them: text in quotes, arrays and lists of arrays by their content, nothing endless. */
public final class ValueDisplay {
    private static final int LONGEST = 10_000;

    private ValueDisplay() {}

    /**
     * A value as text. Calls its {@code toString}, which may do anything.
     *
     * @param value the value, may be null
     * @return at most about ten thousand characters
     */
    public static String of(@Nullable Object value) {
        String text = value instanceof String ? whole(value) : TextClasses.tidy(whole(value));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    private static String whole(@Nullable Object value) {
        if (value instanceof String text) {
            return "\"" + text + "\"";
        }
        if (value instanceof Character character) {
            return "'" + character + "'";
        }
        if (isArray(value)) {
            String wrapped = Arrays.deepToString(new Object[] {value});
            return wrapped.substring(1, wrapped.length() - 1);
        }
        if (value instanceof List<?> list && list.stream().anyMatch(ValueDisplay::isArray)) {
            return list.stream()
                    .map(element -> isArray(element) ? whole(element) : String.valueOf(element))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    private static boolean isArray(@Nullable Object value) {
        return value != null && value.getClass().isArray();
    }
}
