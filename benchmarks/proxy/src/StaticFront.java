import dev.sidecar.Problem;
import dev.sidecar.server.offload.files.StaticFiles;
import dev.sidecar.server.offload.files.StaticRoot;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.ProxyOptions;
import dev.sidecar.server.proxy.ProxyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Serves the files of a directory as the offload proxy does, on one event loop and without log and metrics. */
public final class StaticFront {

    private StaticFront() {}

    public static void main(String[] args) throws Exception {
        StaticRoot root = StaticRoot.of("/", Path.of(args[1]), "index.html", null, List.of());
        StaticFiles files = new StaticFiles(List.of(root), true);
        Answer none = Answer.of(Problem.of(404, "not-found", "there is no such file"));
        ProxyServer.listen(
                new EventLoops(1),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
                ProxyOptions.DEFAULT,
                (request, origin) -> files.decide(request, () -> none),
                exchange -> {});
        Thread.currentThread().join();
    }
}
