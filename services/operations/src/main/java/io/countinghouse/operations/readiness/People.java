package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.secret.Account;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Who tries things: the operator, and the owner and a viewer of a throw-away tenant that this run signs up. The names say
 * what they are; a tenant cannot be deleted, because its records must not be.
 */
final class People {

    /** A name that no mail reaches (RFC 2606). */
    private static final String DOMAIN = "@readiness.invalid";

    private static final int SECRET_BYTES = 24;

    private final Site site;
    private final Http http;
    private final String run = random(6);
    private final String password = random(SECRET_BYTES);
    private final String firstPassword = random(SECRET_BYTES);
    private final List<String> problems = new ArrayList<>();
    private String operatorToken;
    private String ownerToken;
    private String viewerToken;
    private String tenantId = OpenApi.NOTHING.toString();

    People(Site site, Http http) {
        this.site = site;
        this.http = http;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Signs up and logs in; what goes wrong is in {@link #problems}. */
    void arrive() {
        ownerToken = signUpAndLogIn();
        Account operator = site.operator();
        operatorToken = logIn("the operator", operator.name(), operator.password());
        if (ownerToken != null) {
            tenantId = http.get(auth("/v1/auth/user_info"), ownerToken)
                    .json()
                    .at("/tenant/id")
                    .asText(tenantId);
            viewerToken = viewer();
            awaitProfile();
        }
    }

    /** billing-service hears of a new tenant by an event, and knows no profile of it before. */
    private void awaitProfile() {
        String profile = site.processes(ServiceName.BILLING).getFirst().api() + "/v1/billing/profile";
        for (int attempt = 0; attempt < 75 && http.get(profile, ownerToken).status() == 404; attempt++) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private String signUpAndLogIn() {
        Http.Answer signup = http.post(
                auth("/v1/auth/signup"),
                null,
                Http.JSON
                        .createObjectNode()
                        .put("tenant_name", "Readiness " + run)
                        .put("name", "Readiness")
                        .put("email", ownerEmail())
                        .put("password", password));
        if (signup.status() != 201) {
            problems.add("sign-up " + signup.failure());
            return null;
        }
        return logIn("the new owner", ownerEmail(), password);
    }

    private String viewer() {
        String email = "viewer-" + run + DOMAIN;
        Http.Answer created = http.post(
                auth("/v1/auth/users"),
                ownerToken,
                Http.JSON
                        .createObjectNode()
                        .put("email", email)
                        .put("name", "Readiness viewer")
                        .put("role", "viewer")
                        .put("password", firstPassword));
        if (created.status() != 201) {
            problems.add("the owner could not add a user: " + created.failure());
            return null;
        }
        return settleIn(email);
    }

    /** The first login with a password that somebody else chose opens its change alone. */
    private String settleIn(String email) {
        Http.Answer first = login(email, firstPassword);
        Http.Answer changed = http.post(
                auth("/v1/auth/password"),
                first.json().path("access_token").asText(),
                Http.JSON
                        .createObjectNode()
                        .put("current_password", firstPassword)
                        .put("new_password", password));
        if (changed.status() != 204) {
            problems.add("the new viewer could not change the first password: " + changed.failure());
            return null;
        }
        return logIn("the new viewer", email, password);
    }

    private String logIn(String who, String email, String secret) {
        Http.Answer answer = login(email, secret);
        if (!answer.isOk()) {
            problems.add("the login of " + who + " " + answer.failure());
            return null;
        }
        return answer.json().path("access_token").asText();
    }

    /** A new session of the owner: {@code access_token}, {@code refresh_token}. */
    JsonNode session() {
        return login(ownerEmail(), password).json();
    }

    Http.Answer login(String email, String secret) {
        return http.post(
                auth("/v1/auth/login"),
                null,
                Http.JSON.createObjectNode().put("email", email).put("password", secret));
    }

    String auth(String path) {
        return site.processes(ServiceName.AUTH).getFirst().api() + path;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    String ownerEmail() {
        return "owner-" + run + DOMAIN;
    }

    String run() {
        return run;
    }

    /** Secrets that this run made, which no log may hold either. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(password, firstPassword));
        for (String token : new String[] {operatorToken, ownerToken, viewerToken}) {
            if (token != null) {
                secrets.add(token);
            }
        }
        return secrets;
    }

    String tenantId() {
        return tenantId;
    }

    String operatorToken() {
        return operatorToken;
    }

    String ownerToken() {
        return ownerToken;
    }

    String viewerToken() {
        return viewerToken;
    }

    String password() {
        return password;
    }

    /** The token of somebody with one of the roles. */
    Optional<String> tokenOf(Set<String> roles) {
        if (roles.contains("operator") && operatorToken != null) {
            return Optional.of(operatorToken);
        }
        return roles.contains("owner") ? Optional.ofNullable(ownerToken) : Optional.empty();
    }

    /** The token of somebody with none of them. */
    Optional<String> tokenOfOther(Set<String> roles) {
        if (!roles.contains("viewer") && viewerToken != null) {
            return Optional.of(viewerToken);
        }
        if (!roles.contains("owner") && ownerToken != null) {
            return Optional.of(ownerToken);
        }
        return roles.contains("operator") ? Optional.empty() : Optional.ofNullable(operatorToken);
    }
}
