package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * A URL that can be called, parsed once: what was checked is what is stored and called.
 *
 * @param host a name, or an address without brackets
 * @param target path and query
 */
public record WebhookUrl(boolean https, String host, int port, String target, String text) {

    private static final int HIGHEST_PORT = 65_535;

    /** Fails with a 422 problem that says which rule the text breaks. Scheme and host have no letter case. */
    static WebhookUrl of(String text, boolean allowHttp) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused(text, "it is not a URL");
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!https && !(http && allowHttp)) {
            throw refused(text, allowHttp ? "it begins with neither https:// nor http://" : "only https:// is allowed");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refused(text, "it needs a host, and takes neither user information nor a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw refused(text, "its port is " + uri.getPort() + ", and not one of 1 to " + HIGHEST_PORT);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        int port = uri.getPort() > 0 ? uri.getPort() : https ? 443 : 80;
        String canonical = (https ? "https://" : "http://")
                + host
                + (uri.getPort() > 0 ? ":" + uri.getPort() : "")
                + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new WebhookUrl(
                https, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, target, canonical);
    }

    /** As it stands in a Host header: an IPv6 address in brackets. */
    public String authorityHost() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    static ProblemException refused(String url, String reason) {
        return new ProblemException(
                422,
                "webhook-url-refused",
                "Unprocessable content",
                "'" + url + "' cannot be a webhook endpoint: " + reason + ".",
                List.of(new FieldError("url", reason)));
    }
}
