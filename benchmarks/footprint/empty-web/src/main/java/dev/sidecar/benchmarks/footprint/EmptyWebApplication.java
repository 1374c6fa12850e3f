package dev.sidecar.benchmarks.footprint;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Nothing but what Spring Boot brings. */
@SpringBootApplication
public class EmptyWebApplication {

    public static void main(String[] args) {
        SpringApplication.run(EmptyWebApplication.class, args);
    }
}
