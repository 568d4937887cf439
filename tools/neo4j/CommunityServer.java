// Starts Neo4j Community from 2026 on, whose jars hold no main class for it; 5.26 has CommunityEntryPoint.

import org.neo4j.server.BlockingBootstrapper;
import org.neo4j.server.CommunityBootstrapper;
import org.neo4j.server.NeoBootstrapper;

public final class CommunityServer {
    public static void main(String[] args) {
        System.exit(NeoBootstrapper.start(new BlockingBootstrapper(new CommunityBootstrapper()), args));
    }
}
