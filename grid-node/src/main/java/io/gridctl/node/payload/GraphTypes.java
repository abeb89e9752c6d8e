package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.ClassResolver;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the types in a graph: a number for well-known types of the JDK, a name for the first object of any other type,
 * and the name's place for later ones. A name is followed by a fingerprint of the class's fields, so that a value
 * written by one version of a class is not misread by another.
 *
 * <p>Knows no user's class between two graphs, so it keeps no class loader alive.
 */
final class GraphTypes implements ClassResolver {
    static final int LAMBDA_ID = 0;
    static final int JDK_STREAM_ID = 1;

    private static final int NULL = 0;
    private static final int NEW_NAME = 1;
    private static final int FIRST_ID = 2;

    private final IdentityHashMap<Class<?>, Integer> written = new IdentityHashMap<>();
    private final List<Registration> read = new ArrayList<>();
    private @Nullable PlatformTypes platform;
    private Consumer<Class<?>> listener = PayloadCodec::nobody;
    private @Nullable ClassNames names;
    private @Nullable Descriptions descriptions;

    /** Everything written from now on is reported: the classes a reader must have besides those of the JDK. */
    void beginWriting(Consumer<Class<?>> classes) {
        listener = classes;
    }

    /** Names are looked up there from now on. */
    void beginReading(ClassNames classNames) {
        names = classNames;
    }

    /** Objects of classes outside the JDK are described from now on, for the rest of this object's life. */
    void beginDescribing(Descriptions newDescriptions) {
        descriptions = newDescriptions;
    }

    boolean isDescribing() {
        return descriptions != null;
    }

    /** Not used: Kryo calls it before it knows its own serializers, see {@link #begin}. */
    @Override
    public void setKryo(Kryo kryo) {}

    void begin(Kryo kryo) {
        platform = new PlatformTypes(kryo);
    }

    private PlatformTypes platform() {
        return Objects.requireNonNull(platform);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Registration getRegistration(Class type) {
        return platform == null ? null : registration(type);
    }

    private Registration registration(Class<?> type) {
        Registration known = platform().known(type);
        if (known != null) {
            return known;
        }
        return PlatformClasses.isPlatform(type) ? platform().find(type) : UserTypes.registration(type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Registration writeClass(Output output, @Nullable Class type) {
        if (type == null) {
            output.writeVarInt(NULL, true);
            return null;
        }
        Registration registration = registration(type);
        if (registration.getId() >= 0) {
            output.writeVarInt(registration.getId() + FIRST_ID, true);
        } else {
            writeName(output, registration);
        }
        return registration;
    }

    /** Writes a class itself rather than an object of it. */
    void writeName(Output output, Class<?> type) {
        writeName(output, new Registration(type, ClassObjectSerializer.INSTANCE, UserTypes.NAMED));
    }

    private void writeName(Output output, Registration registration) {
        Class<?> type = registration.getType();
        Integer place = written.putIfAbsent(type, written.size());
        if (place != null) {
            output.writeVarInt(platform().size() + FIRST_ID + place, true);
            return;
        }
        report(type);
        output.writeVarInt(NEW_NAME, true);
        output.writeString(type.getName());
        output.writeInt(
                registration.getSerializer() instanceof UserTypes.Fingerprinted known ? known.fingerprint() : 0);
    }

    /** Tells the listener that a reader needs {@code type}. */
    void report(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (!PlatformClasses.isPlatform(element)) {
            listener.accept(element);
        }
    }

    @Override
    public @Nullable Registration readClass(Input input) {
        int code = input.readVarInt(true);
        if (code == NULL) {
            return null;
        }
        int known = platform().size() + FIRST_ID;
        if (code >= FIRST_ID && code < known) {
            return platform().registration(code - FIRST_ID);
        }
        return code == NEW_NAME ? resolved(readNew(input)) : resolved(read.get(code - known));
    }

    /** A class that was written as itself may turn up again as the type of an object. */
    private Registration resolved(Registration registration) {
        return registration.getSerializer() == ClassObjectSerializer.INSTANCE
                ? registration(registration.getType())
                : registration;
    }

    /** Reads what {@link #writeName(Output, Class)} wrote. */
    Registration readName(Input input) {
        int code = input.readVarInt(true);
        return code == NEW_NAME ? readNew(input) : read.get(code - platform().size() - FIRST_ID);
    }

    private Registration readNew(Input input) {
        String name = input.readString();
        int fingerprint = input.readInt();
        if (descriptions != null && !isOfPlatform(name)) {
            Registration described = descriptions.registration(name);
            read.add(described);
            return described;
        }
        Class<?> type = load(name);
        Registration registration = new Registration(type, ClassObjectSerializer.INSTANCE, UserTypes.NAMED);
        if (fingerprint != 0) {
            registration = registration(type);
            int here = registration.getSerializer() instanceof UserTypes.Fingerprinted own ? own.fingerprint() : 0;
            if (here != fingerprint) {
                throw PayloadException.differing(
                        name,
                        "The value was written with another version of the class " + name
                                + ": its fields differ from those of the class that the reader has.",
                        null);
            }
        }
        read.add(registration);
        return registration;
    }

    private static boolean isOfPlatform(String name) {
        String element = name.substring(name.lastIndexOf('[') + 1);
        boolean object = element.length() < name.length() && element.startsWith("L");
        return PlatformClasses.isPlatform(object ? element.substring(1) : element);
    }

    Class<?> load(String name) {
        return Objects.requireNonNull(names).load(name);
    }

    ClassNames names() {
        return Objects.requireNonNull(names);
    }

    @Override
    public void reset() {
        written.clear();
        read.clear();
        listener = PayloadCodec::nobody;
        names = null;
    }

    @Override
    public Registration register(Registration registration) {
        return registration;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Registration registerImplicit(Class type) {
        return registration(type);
    }

    @Override
    public @Nullable Registration unregister(int id) {
        return null;
    }

    @Override
    public @Nullable Registration getRegistration(int id) {
        return null;
    }
}
