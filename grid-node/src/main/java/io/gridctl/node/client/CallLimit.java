package io.gridctl.node.client;

import io.gridctl.NotShippableException;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.payload.Heaviest;
import io.gridctl.node.payload.PayloadCodec;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls small: what a function captured is sent anew with every call, and to every engine. A large capture is
 * warned of once for each place in the program that makes such functions, one beyond the limit is refused, and so is
 * such an argument.
 */
final class CallLimit {
    private static final Logger log = LoggerFactory.getLogger(CallLimit.class);

    /** From here on a capture is worth a warning. */
    static final int LARGE = 1 << 20;

    private static final double MEGABYTE = 1 << 20;

    private final PayloadCodec codec;
    private final long maxBytes;

    /** Each place has a class of its own; where a class is gone, so is the place. */
    private final Set<Class<?>> warned = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    CallLimit(PayloadCodec codec, long maxBytes) {
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    /** The function's shipment, if it may be sent. */
    Shipment function(Object function, Shipment shipment) {
        int bytes = shipment.payload().length;
        if (bytes > maxBytes) {
            throw refusal("function", function, bytes);
        }
        if (bytes > LARGE && warned.add(function.getClass())) {
            log.warn(
                    "{} is large: {} MB are written for every call and travel to every engine. Push it once under a name and read"
                            + " it inside the task: engines.push(\"data\", …), then names.get(\"data\")",
                    Heaviest.path(function, bytes, codec),
                    megabytes(bytes));
        }
        return shipment;
    }

    /** An argument's shipment, if it may be sent. */
    Shipment argument(String what, @Nullable Object argument, Shipment shipment) {
        int bytes = shipment.payload().length;
        if (argument != null && bytes > maxBytes) {
            throw refusal(what, argument, bytes);
        }
        return shipment;
    }

    private NotShippableException refusal(String what, Object value, long bytes) {
        return new NotShippableException("cannot send the " + what + ": " + Heaviest.path(value, bytes, codec)
                + " is large: " + megabytes(bytes) + " MB, and a call carries " + megabytes(maxBytes)
                + " MB at most. Push it once under a name and read it inside the task, or raise the limit with"
                + " ConnectOptions.withMaxCallBytes.");
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
    }
}
