package dev.sidecar.server.edge.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names a template can use. */
public final class Model {

    private Model() {}

    /**
     * @param servers of each service, as the guards let them through
     * @param settings of the proxy
     */
    public static Map<String, Object> of(World world, Map<String, List<Server>> servers, Map<String, Object> settings) {
        List<Map<String, Object>> services = new ArrayList<>();
        Map<String, Object> byService = new LinkedHashMap<>();
        servers.forEach((name, list) -> {
            List<Map<String, Object>> models = list.stream().map(Server::model).toList();
            boolean secure = !list.isEmpty() && list.stream().allMatch(Server::secure);
            services.add(Map.of("name", name, "servers", models, "secure", secure));
            byService.put(name, models);
        });
        Map<String, Object> model = new LinkedHashMap<>(settings);
        model.put("services", services);
        model.put("servers", byService);
        model.put("config", world.config());
        model.put("env", world.environment());
        model.put("files", world.files());
        return model;
    }
}
