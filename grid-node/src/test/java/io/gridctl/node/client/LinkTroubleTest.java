package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.exception.TargetDisconnectedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.UTFDataFormatException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class LinkTroubleTest {
    @Test
    void aBrokenLinkMayPass() {
        assertThat(LinkTrouble.mayPass(new TargetDisconnectedException("gone"))).isTrue();
        assertThat(LinkTrouble.mayPass(new CompletionException(new IOException("not written to the connection"))))
                .isTrue();
        assertThat(LinkTrouble.mayPass(
                        new TargetDisconnectedException("gone", new EOFException("remote socket closed"))))
                .isTrue();
    }

    @Test
    void anAnswerThatCannotBeReadWillNotBeReadWhenItComesAgain() {
        assertThat(LinkTrouble.mayPass(new ExecutionException(new EOFException())))
                .isFalse();
        assertThat(LinkTrouble.mayPass(new UTFDataFormatException())).isFalse();
        assertThat(LinkTrouble.mayPass(new InvalidClassException("Other"))).isFalse();
    }
}
