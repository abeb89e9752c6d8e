package io.gridctl.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Results for programs. */
public final class Json {
    private Json() {}

    /**
     * One object on one line.
     *
     * @param fields name to a plain value, a list, or another map
     * @return JSON without a line end
     */
    public static String line(Map<String, ?> fields) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
