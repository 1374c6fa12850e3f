package dev.sidecar.server.api;

import dev.sidecar.json.DurationText;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.problem.ProblemResolver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Spring MVC with our JSON, our text forms in queries, and problems as the only way to fail. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import({
    InfoController.class,
    LifecycleController.class,
    OpenApiController.class,
    ServerInfo.class,
    EventStreams.class,
    MetersController.class
})
public class ApiConfiguration implements WebMvcConfigurer {

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withStringConverter(new StringHttpMessageConverter(StandardCharsets.UTF_8))
                .withJsonConverter(new JacksonJsonHttpMessageConverter(SidecarJson.mapper()));
    }

    @Override
    public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.add(new ProblemResolver());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Duration.class, DurationText::parse);
        registry.addConverter(
                String.class, Instant.class, text -> OffsetDateTime.parse(text).toInstant());
        registry.addConverterFactory(new AnyCaseEnum());
    }

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer async) {
        async.setDefaultTimeout(-1);
    }
}
