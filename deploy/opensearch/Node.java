import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in a process of its own, so that it can be killed alone; for tests, on loopback only.
 *  java -Xmx384m -cp 'lib/*' Node.java NAME HOME HTTP_PORT TRANSPORT_PORT SEED,SEED NAME,NAME */
public class Node {
    public static void main(String[] args) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("node.name", args[0]);
            settings.put("http.port", args[2]);
            settings.put("transport.port", args[3]);
            settings.put("network.host", "127.0.0.1");
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", args[4].split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", args[5].split(","));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        });
        runner.setMaxHttpPort(-1);
        runner.build("-basePath", args[1], "-numOfNode", "1", "-clusterName", "archive-tests",
                "-baseHttpPort", String.valueOf(Integer.parseInt(args[2]) - 1));
        Thread.currentThread().join();
    }
}
