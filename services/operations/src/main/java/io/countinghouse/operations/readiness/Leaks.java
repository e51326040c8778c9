package io.countinghouse.operations.readiness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds secrets in a text: the values that are known, also in Base64, and what looks like one. Names them, never shows. */
final class Leaks {

    /** A shorter value is a user's name or a word, and would be found everywhere. */
    private static final int SHORTEST = 12;

    private static final Map<String, Pattern> SHAPES = Map.of(
            "a JSON Web Token",
                    Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"),
            "a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            "an Authorization header",
                    Pattern.compile("(?i)\\bauthorization\\\\?\"?\\s*[:=]\\s*\\\\?\"?(bearer|basic) [^\\s\"]{8,}"),
            "a password in clear",
                    Pattern.compile("(?i)\"(password|client_secret|refresh_token)\\\\?\"\\s*:\\s*\\\\?\"[^\"\\\\]{8,}"),
            "a URL with a password", Pattern.compile("[a-z]+://[^/\\s:@\"]+:[^/\\s:@\"]{8,}@"));

    private final Map<String, String> values = new LinkedHashMap<>();

    Leaks(Map<String, String> secrets, List<String> ofThisRun) {
        secrets.forEach((name, value) -> {
            if (value.length() >= SHORTEST) {
                values.put(value, name);
            }
        });
        ofThisRun.forEach(value -> values.put(value, "a secret of this run"));
    }

    int size() {
        return values.size();
    }

    List<String> in(String text) {
        List<String> found = new ArrayList<>(valuesIn(text));
        SHAPES.forEach((what, shape) -> {
            if (shape.matcher(text).find()) {
                found.add(what);
            }
        });
        return found;
    }

    /** The known values alone: what only looks like a secret may be that of somebody else. */
    List<String> valuesIn(String text) {
        List<String> found = new ArrayList<>();
        values.forEach((value, name) -> {
            if (text.contains(value) || text.contains(base64(value))) {
                found.add("the value of " + name);
            }
        });
        return found;
    }

    private static String base64(String value) {
        return Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
