package io.gridctl.cli.code;

import java.nio.file.Files;
import java.nio.file.Path;

/** Jars that programs of the tests use and that no engine has; the build puts them there. */
final class Libraries {
    static final Path COMMONS_MATH = find("commons-math3");
    static final Path OLDER_COMMONS_MATH = find("commons-math3-older");
    static final Path SPRING_BOOT_LOADER = find("spring-boot-loader");
    static final Path KOTLIN = find("kotlin-stdlib");

    private Libraries() {}

    static Path find(String name) {
        Path jar = Path.of(System.getProperty("gridctl.test.libraries"), name + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("the build did not bring " + jar);
        }
        return jar;
    }
}
