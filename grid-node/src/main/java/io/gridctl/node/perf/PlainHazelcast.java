package io.gridctl.node.perf;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.map.IMap;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.EchoCall;
import io.gridctl.node.task.GridObjects;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** The same work done with Hazelcast alone, as well as it can be done with its public API. */
final class PlainHazelcast {
    private static final int PIECE_DOUBLES = (1 << 20) / Double.BYTES;
    private static final int UNDER_WAY = 8;
    private static final int PIPELINED = 512;

    private final IExecutorService executor;
    private final IMap<BlobKey, byte[]> pieces;
    private final List<Member> engines;
    private final UUID blob = UUID.randomUUID();
    private int next;

    PlainHazelcast(HazelcastInstance client, List<Member> engines) {
        executor = client.getExecutorService(GridObjects.TASKS);
        pieces = client.getMap(GridObjects.BLOB);
        // Otherwise they are swept away as nobody's, if the measurement takes long.
        UUID reader = client.getLocalEndpoint().getUuid();
        client.<String, PipelineReport>getMap(GridObjects.PIPELINE)
                .set(blob.toString(), PipelineReport.storing(blob, 0).forClient(reader));
        this.engines = engines;
    }

    void echoOne() throws Exception {
        executor.submitToMember(new EchoCall(1), engines.get(0)).get();
    }

    /** Calls after each other go to the engines in turn, as those that are spread do. */
    void echoNext() throws Exception {
        executor.submitToMember(new EchoCall(1), engines.get(next++ % engines.size()))
                .get();
    }

    /** So many calls, to the engines in turn, as many under way as serves them best. */
    void echoPipelined(int calls) throws Exception {
        Queue<Future<Integer>> underWay = new ArrayDeque<>();
        for (int call = 0; call < calls; call++) {
            if (underWay.size() == PIPELINED) {
                underWay.remove().get();
            }
            underWay.add(executor.submitToMember(new EchoCall(1), engines.get(call % engines.size())));
        }
        for (Future<Integer> answer : underWay) {
            answer.get();
        }
    }

    void echoAll() throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        for (Member engine : engines) {
            answers.add(executor.submitToMember(new EchoCall(1), engine));
        }
        for (Future<Integer> answer : answers) {
            answer.get();
        }
    }

    /** Each piece in a partition of its own, as a plain map would have it. */
    private BlobKey key(int piece) {
        return new BlobKey(blob, piece * BlobKey.TOGETHER);
    }

    void put(double[] data) {
        Queue<CompletionStage<Void>> underWay = new ArrayDeque<>();
        for (int from = 0, piece = 0; from < data.length; from += PIECE_DOUBLES, piece++) {
            if (underWay.size() == UNDER_WAY) {
                underWay.remove().toCompletableFuture().join();
            }
            int length = Math.min(PIECE_DOUBLES, data.length - from);
            ByteBuffer bytes = ByteBuffer.allocate(length * Double.BYTES);
            bytes.asDoubleBuffer().put(data, from, length);
            underWay.add(pieces.setAsync(key(piece), bytes.array()));
        }
        underWay.forEach(stage -> stage.toCompletableFuture().join());
    }

    double[] get(int length) {
        double[] data = new double[length];
        Queue<CompletionStage<byte[]>> underWay = new ArrayDeque<>();
        int count = (length + PIECE_DOUBLES - 1) / PIECE_DOUBLES;
        int asked = 0;
        for (int piece = 0; piece < count; piece++) {
            while (asked < count && underWay.size() < UNDER_WAY) {
                underWay.add(pieces.getAsync(key(asked++)));
            }
            DoubleBuffer part = ByteBuffer.wrap(
                            underWay.remove().toCompletableFuture().join())
                    .asDoubleBuffer();
            part.get(data, piece * PIECE_DOUBLES, part.remaining());
        }
        return data;
    }

    void clear(int length) {
        int count = (length + PIECE_DOUBLES - 1) / PIECE_DOUBLES;
        for (int piece = 0; piece < count; piece++) {
            pieces.delete(key(piece));
        }
    }
}
