import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.util.List;

/** A stand-in for MongoDB, in memory, for tests: `java -cp … StandIn.java <port>`; port 0 takes a free one.
 * It ends when its standard input does, so that it never outlives who started it. */
public class StandIn {
    /** What the driver wants to hear: it refuses servers that announce less than wire version 9. */
    private static final MongoVersion VERSION = new MongoVersion() {
        public List<Integer> getVersionArray() { return List.of(5, 0, 0, 0); }
        public int getWireVersion() { return 13; }
    };

    public static void main(String[] arguments) throws IOException {
        MongoServer server = new MongoServer(new MemoryBackend().version(VERSION));
        server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
        System.out.println("listening on " + server.getLocalAddress().getPort());
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
