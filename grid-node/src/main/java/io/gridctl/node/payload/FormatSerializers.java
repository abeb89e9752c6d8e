package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;

/** Serializers for the JDK's descriptions of how something is written, which have no serialized form of their own. */
final class FormatSerializers {
    private FormatSerializers() {}

    /** By name, as the charsets of two machines differ only in which there are. */
    static final class Charsets extends Serializer<Charset> {
        @Override
        public void write(Kryo kryo, Output output, Charset charset) {
            output.writeString(charset.name());
        }

        @Override
        public Charset read(Kryo kryo, Input input, Class<? extends Charset> type) {
            String name = input.readString();
            try {
                return Charset.forName(name);
            } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
                throw new PayloadException("The Java here has no charset " + name + ".", e);
            }
        }
    }

    static final class HexFormats extends Serializer<HexFormat> {
        @Override
        public void write(Kryo kryo, Output output, HexFormat format) {
            output.writeString(format.delimiter());
            output.writeString(format.prefix());
            output.writeString(format.suffix());
            output.writeBoolean(format.isUpperCase());
        }

        @Override
        public HexFormat read(Kryo kryo, Input input, Class<? extends HexFormat> type) {
            HexFormat format = HexFormat.ofDelimiter(input.readString())
                    .withPrefix(input.readString())
                    .withSuffix(input.readString());
            return input.readBoolean() ? format.withUpperCase() : format;
        }
    }

    /** Only the JDK's constants can be told from one another. */
    static final class DateTimeFormatters extends Serializer<DateTimeFormatter> {
        private static final Map<DateTimeFormatter, String> CONSTANTS = constants();

        @SuppressWarnings("IdentityHashMapUsage") // formatters have no equality
        private static Map<DateTimeFormatter, String> constants() {
            Map<DateTimeFormatter, String> names = new IdentityHashMap<>();
            try {
                for (Field field : DateTimeFormatter.class.getFields()) {
                    if (field.getType() == DateTimeFormatter.class) {
                        names.put((DateTimeFormatter) field.get(null), field.getName());
                    }
                }
                return names;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(Kryo kryo, Output output, DateTimeFormatter formatter) {
            String name = CONSTANTS.get(formatter);
            if (name == null) {
                throw new RefusedException(
                        DateTimeFormatter.class,
                        "A DateTimeFormatter does not tell how it was made, unless it is one of the constants of its"
                                + " class; keep it in a static field, which engines make for themselves, or send the"
                                + " pattern and call ofPattern inside the task.");
            }
            output.writeString(name);
        }

        @Override
        public DateTimeFormatter read(Kryo kryo, Input input, Class<? extends DateTimeFormatter> type) {
            String name = input.readString();
            try {
                return (DateTimeFormatter)
                        DateTimeFormatter.class.getField(name).get(null);
            } catch (ReflectiveOperationException e) {
                throw new PayloadException("The Java here has no DateTimeFormatter." + name + ".", e);
            }
        }
    }
}
