package io.gridctl.node.client;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UTFDataFormatException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Tells a link that broke, which may heal or turn out to be a loss, from a call that can never succeed. */
final class LinkTrouble {
    private LinkTrouble() {}

    static boolean mayPass(Throwable trouble) {
        Throwable cause = peel(trouble);
        return cause instanceof TargetDisconnectedException
                || cause instanceof TargetNotMemberException
                || cause instanceof MemberLeftException
                || cause instanceof HazelcastInstanceNotActiveException
                || cause instanceof HazelcastClientNotActiveException
                || cause instanceof HazelcastClientOfflineException
                || cause instanceof OperationTimeoutException
                || cause instanceof RetryableHazelcastException
                || (cause instanceof IOException && !isUnreadable(cause));
    }

    /** An answer has come and cannot be read, nor will it be when it comes again. */
    private static boolean isUnreadable(Throwable cause) {
        return cause instanceof EOFException
                || cause instanceof UTFDataFormatException
                || cause instanceof ObjectStreamException;
    }

    /** The exception inside the futures' wrappers. */
    static Throwable peel(Throwable trouble) {
        Throwable current = trouble;
        @Nullable Throwable cause = current.getCause();
        while (cause != null && (current instanceof CompletionException || current instanceof ExecutionException)) {
            current = cause;
            cause = current.getCause();
        }
        return current;
    }
}
