package io.gridctl.cli.shell;

import io.gridctl.EngineSelector;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Engines as {@code --targets} names them: {@code all}, {@code 0,2}, or positions {@code from:to:step}. */
public final class TargetChoice implements ITypeConverter<EngineSelector> {
    private static final Pattern IDS = Pattern.compile("\\d{1,6}(,\\d{1,6})*");
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,6})?:(-?\\d{1,6})?(?::(\\d{1,6})?)?");

    /** Made by the command line. */
    public TargetChoice() {}

    @Override
    public EngineSelector convert(String text) {
        if (text.equals("all")) {
            return EngineSelector.all();
        }
        if (IDS.matcher(text).matches()) {
            return EngineSelector.ids(
                    Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
        }
        Matcher range = RANGE.matcher(text);
        int step = range.matches() ? number(range.group(3), 1) : 0;
        if (step < 1) {
            throw new TypeConversionException(
                    "'" + text + "' names no engines; say all, ids such as 0,2, or positions from:to:step such as ::2");
        }
        return EngineSelector.range(number(range.group(1), 0), number(range.group(2), Integer.MAX_VALUE), step);
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null || text.isEmpty() ? otherwise : Integer.parseInt(text);
    }
}
