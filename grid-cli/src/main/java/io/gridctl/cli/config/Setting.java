package io.gridctl.cli.config;

import java.util.Optional;
import java.util.stream.Stream;

/** What a configuration file may say. */
enum Setting {
    NAME("name"),
    ENGINES("engines"),
    SLOTS("slots"),
    VIRTUAL_SLOTS("virtualSlots"),
    HEAP("heap"),
    CLASSPATH("classpath"),
    JVM_ARGS("jvmArgs"),
    TAGS("tags");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** How it is written in a file. */
    String key() {
        return key;
    }

    static Optional<Setting> named(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }
}
