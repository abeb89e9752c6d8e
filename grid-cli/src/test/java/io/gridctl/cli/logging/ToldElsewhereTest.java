package io.gridctl.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.jet.JetException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldElsewhereTest {
    private static final String BEGINNING = "com.hazelcast.jet.impl.operation.InitExecutionOperation";
    private static final String QUESTION = "com.hazelcast.client.impl.protocol.task.map.MapGetAllMessageTask";
    private static final String STRANGER =
            "Client ClientEndpoint{connection=Connection[id=7, alive=%s]} must authenticate before any operation.";

    private final LoggerContext context = new LoggerContext();

    private FilterReply reply(String logger, String message, @Nullable Throwable thrown) {
        Logger from = context.getLogger(logger);
        return new ToldElsewhere()
                .decide(new LoggingEvent(Logger.class.getName(), from, Level.ERROR, message, thrown, null));
    }

    @Test
    void howAPipelineEndsIsToldItsCaller() {
        for (String job : ToldElsewhere.JOBS) {
            assertThat(reply(job, "gone", new MemberLeftException())).isEqualTo(FilterReply.DENY);
            assertThat(reply(job, "failed", new JetException("Execution on a member failed")))
                    .isEqualTo(FilterReply.DENY);
            assertThat(reply(job, "t.csv is not there", new IllegalStateException("t.csv is not there")))
                    .isEqualTo(FilterReply.DENY);
        }
    }

    @Test
    void whatElseGoesWrongIsLogged() {
        assertThat(reply(BEGINNING, "broken", new NullPointerException())).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply(BEGINNING, "broken", null)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply("com.hazelcast.internal.cluster", "gone", new MemberLeftException()))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply(QUESTION, "broken", new IOException())).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aStrangerIsLoggedAndAClientThatIsGoneIsNot() {
        assertThat(reply(QUESTION, STRANGER.formatted(true), null)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply(QUESTION, STRANGER.formatted(false), null)).isEqualTo(FilterReply.DENY);
    }

    /** Names of Hazelcast's own classes, which another version may not have. */
    @ParameterizedTest
    @ValueSource(strings = {QUESTION, BEGINNING})
    void theClassesAreThere(String type) {
        assertThatCode(() -> Class.forName(type)).doesNotThrowAnyException();
        assertThat(ToldElsewhere.JOBS).allSatisfy(Class::forName);
        assertThat(ToldElsewhere.ENDS).allSatisfy(Class::forName);
    }
}
