package io.countinghouse.databases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code operations databases}, as a Job runs it: a process and its environment. */
record Operations(int exit, String said) {

    /** The password of each role that the program makes. */
    static final String PASSWORD = "of-all-roles";

    static Operations databases(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.countinghouse.operations.Main",
                        "databases"))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Operations(process.waitFor(), said);
    }

    static Map<String, String> environment(Server server) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "COUNTINGHOUSE_DATABASE_HOST",
                "localhost",
                "COUNTINGHOUSE_DATABASE_PORT",
                String.valueOf(server.port()),
                "COUNTINGHOUSE_ADMIN_USERNAME",
                Server.SUPERUSER,
                "COUNTINGHOUSE_ADMIN_PASSWORD",
                Server.PASSWORD));
        for (var service : io.countinghouse.operations.ServiceName.values()) {
            environment.put(service.variable() + "_OWNER_PASSWORD", PASSWORD);
            environment.put(service.variable() + "_APP_PASSWORD", PASSWORD);
        }
        return environment;
    }
}
