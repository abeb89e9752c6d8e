package io.gridctl;

import java.util.List;
import java.util.Optional;

/**
 * What came of a text on one engine.
 *
 * @param engineId the engine that ran it
 * @param number how many texts have run on that engine since its process began, this one included
 * @param value the value of the text's last expression as text, arrays by their content; empty if the text does not end
 *     with an expression that has one
 * @param typeName the type of that expression as one would write it, empty if there is no value
 * @param stdout what the text printed
 * @param stderr what it printed as errors
 * @param warnings what its writer should know, one sentence each
 */
public record TextReply(
        int engineId,
        int number,
        Optional<String> value,
        String typeName,
        String stdout,
        String stderr,
        List<String> warnings) {
    /** Copies the list. */
    public TextReply {
        warnings = List.copyOf(warnings);
    }
}
