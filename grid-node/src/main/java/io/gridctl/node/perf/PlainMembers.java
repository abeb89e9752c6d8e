package io.gridctl.node.perf;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.GridException;
import io.gridctl.node.AnchorNode;
import io.gridctl.node.AsyncStages;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.NodeSettings;
import io.gridctl.node.cluster.JvmCommand;
import io.gridctl.node.cluster.LaunchSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Plain Hazelcast's start: as many member processes as a grid has, and a client that has reached them all. */
final class PlainMembers {
    private PlainMembers() {}

    static Perf.Start start(LaunchSpec spec) throws Exception {
        String secret = UUID.randomUUID().toString();
        List<Process> processes = new ArrayList<>();
        long start = System.nanoTime();
        try {
            Process first = launch(spec, secret, "");
            processes.add(first);
            String seed = address(first);
            for (int engine = 0; engine < spec.engines(); engine++) {
                processes.add(launch(spec, secret, seed));
            }
            for (Process engine : processes.subList(1, processes.size())) {
                address(engine);
            }
            double ready = (System.nanoTime() - start) / 1e9;
            AsyncStages.ensure();
            HazelcastInstance client = HazelcastClient.newHazelcastClient(HazelcastSettings.client(
                    new NodeSettings("plain", secret, List.of(seed), NodeSettings.LOOPBACK), 10_000));
            try {
                new PlainHazelcast(client, List.copyOf(client.getCluster().getMembers())).echoAll();
                return new Perf.Start(ready, (System.nanoTime() - start) / 1e9);
            } finally {
                client.shutdown();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static Process launch(LaunchSpec spec, String secret, String seed) throws IOException {
        Process process = new ProcessBuilder(JvmCommand.of(spec, Member.class))
                .redirectError(Redirect.DISCARD)
                .start();
        try (Writer in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
            in.write(secret + "\n" + seed + "\n");
        }
        return process;
    }

    private static String address(Process process) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new GridException("a plain Hazelcast member could not be started");
        }
        return line;
    }

    /** A member process: reads the cluster's name and whom to join, tells its address, and stays until it is ended. */
    static final class Member {
        private Member() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String secret = in.readLine();
            String seed = in.readLine();
            NodeSettings settings = new NodeSettings(
                    "plain", secret, seed.isEmpty() ? List.of() : List.of(seed), NodeSettings.LOOPBACK);
            System.out.println(AnchorNode.start(settings).address());
            Thread.currentThread().join();
        }
    }
}
