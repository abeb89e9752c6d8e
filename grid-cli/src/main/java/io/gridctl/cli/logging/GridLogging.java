package io.gridctl.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Logback's configuration of gridctl's processes, found through {@link java.util.ServiceLoader}. Anchors and engines log
 * into the file that {@code -Dgridctl.log} names; the command line, and programs run by it, print warnings to standard
 * error. In code rather than XML, which costs every engine a tenth of its start. A program that brings a {@code
 * logback.xml} of its own gets that.
 */
public final class GridLogging extends ContextAwareBase implements Configurator {
    private static final String FILE = System.getProperty("gridctl.log", "");

    /** For {@link java.util.ServiceLoader}. */
    public GridLogging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasConfigurationOfItsOwn()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        if (FILE.isEmpty()) {
            ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
            console.setTarget("System.err");
            attach(context, console, "%level: %msg%n%ex{0}", Level.WARN, Level.ERROR);
        } else {
            // The file also takes what the JVM itself writes, and the anchor keeps its size within limits.
            FileAppender<ILoggingEvent> file = new FileAppender<>();
            file.setFile(FILE);
            file.setAppend(true);
            attach(
                    context,
                    file,
                    "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{20}: %msg%n",
                    Level.INFO,
                    Level.WARN);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean hasConfigurationOfItsOwn() {
        ClassLoader loader = GridLogging.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || loader.getResource("logback.xml") != null
                || loader.getResource("logback-test.xml") != null;
    }

    private static void attach(
            LoggerContext context,
            OutputStreamAppender<ILoggingEvent> appender,
            String pattern,
            Level level,
            Level hazelcast) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.addFilter(new ToldElsewhere());
        appender.start();
        context.getLogger("com.hazelcast").setLevel(hazelcast);
        // Each engine replaces a service of Hazelcast's, which warns of it.
        context.getLogger("com.hazelcast.spi.impl.servicemanager").setLevel(Level.ERROR);
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender);
    }
}
