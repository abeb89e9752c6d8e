package io.gridctl.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Set;

/**
 * Leaves out what Hazelcast reports as an error though nothing is wrong with the grid: a pipeline that was cancelled, that
 * could not read its source or lost an engine, of which the caller is told in a sentence; and what a client had asked for
 * before its process ended.
 */
final class ToldElsewhere extends Filter<ILoggingEvent> {
    /** How a job of Jet's begins, and how it ends. All jobs are ours. */
    static final Set<String> JOBS = Set.of(
            "com.hazelcast.jet.impl.operation.InitExecutionOperation",
            "com.hazelcast.jet.impl.operation.SubmitJobOperation");

    /** What ends a job in the ordinary course of things; a stage of ours ends it with the second one. */
    static final Set<String> ENDS = Set.of(
            "com.hazelcast.jet.JetException",
            "java.lang.IllegalStateException",
            "java.util.concurrent.CancellationException",
            "com.hazelcast.jet.impl.execution.ExecutionCancellationException",
            "com.hazelcast.jet.core.TopologyChangedException",
            "com.hazelcast.core.MemberLeftException");

    private static final String QUESTIONS = "com.hazelcast.client.impl.protocol.task.";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return isEndOfAJob(event) || isQuestionOfADeadClient(event) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isEndOfAJob(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown != null && JOBS.contains(event.getLoggerName()) && ENDS.contains(thrown.getClassName());
    }

    /** Its connection is closed already, so nobody was let in or turned away. */
    private static boolean isQuestionOfADeadClient(ILoggingEvent event) {
        return event.getLoggerName().startsWith(QUESTIONS)
                && event.getFormattedMessage().contains("alive=false")
                && event.getFormattedMessage().contains("must authenticate before any operation");
    }
}
