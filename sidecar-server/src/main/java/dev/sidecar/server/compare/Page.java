package dev.sidecar.server.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/** The page: one file with its style, its scripts, the plotting library and the numbers, for any browser, offline. */
final class Page {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/";

    private Page() {}

    static String of(JsonNode report) throws IOException {
        // A script ends at the first "</", wherever it is.
        String data = report.toString().replace("</", "<\\/").replace("<!--", "<\\u0021--");
        String version = uplotVersion();
        return text("page.html")
                .replace("/*{uplot.css}*/", resource(UPLOT + version + "/dist/uPlot.min.css"))
                .replace("/*{page.css}*/", text("page.css"))
                .replace("/*{uplot.js}*/", resource(UPLOT + version + "/dist/uPlot.iife.min.js"))
                .replace("/*{choice.js}*/", text("choice.js"))
                .replace("/*{page.js}*/", text("page.js"))
                .replace("/*{data}*/", data);
    }

    private static String uplotVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = stream("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version", "");
    }

    private static String text(String name) throws IOException {
        return resource("/dev/sidecar/server/compare/" + name);
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = stream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String path) throws IOException {
        InputStream in = Page.class.getResourceAsStream(path);
        if (in == null) {
            throw new IOException("the jar lacks " + path);
        }
        return in;
    }
}
