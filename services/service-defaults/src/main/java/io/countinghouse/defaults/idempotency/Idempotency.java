package io.countinghouse.defaults.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.http.Locations;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The {@code Idempotency-Key} header, as the IETF draft of that name describes it. The first answer is stored in the
 * transaction of its effect, for ever, and given again to whoever repeats the request; the same key with another body
 * is a 422. A repetition waits for the first request while that is under way, and gets a 409 when it takes too long.
 * A request that fails stores nothing: the key is free for another try.
 */
@ApplicationScoped
public class Idempotency {

    public static final String HEADER = "Idempotency-Key";
    public static final String REPLAYED = "Idempotency-Replayed";

    static final int LONGEST_KEY = 255;

    /** SQLSTATE lock_not_available: the first request did not finish while this one waited for it. */
    private static final String LOCK_TIMEOUT = "55P03";

    /** How long to wait for the first request: longer than any operation takes, shorter than clients time out. */
    private static final String WAIT = "10s";

    private final TenantTransaction transaction;
    private final Caller caller;
    private final CurrentVertxRequest http;
    private final ObjectMapper json;

    Idempotency(TenantTransaction transaction, Caller caller, CurrentVertxRequest http, ObjectMapper json) {
        this.transaction = transaction;
        this.caller = caller;
        this.http = http;
        this.json = json;
    }

    /**
     * Runs the effect once per key, in one transaction in the caller's scope; without the header, just runs it.
     *
     * @param body what was asked for: repetitions must ask for the same
     * @param effect makes the change and the answer; its entity must be writable as JSON
     */
    public Uni<Response> once(Object body, Supplier<Uni<Response>> effect) {
        Optional<Claim> named = claimOf(body);
        if (named.isEmpty()) {
            return inTransaction(effect);
        }
        Claim claim = named.get();
        return inTransaction(() -> Panache.getSession()
                .chain(session -> claim(session, claim)
                        .chain(isFirst -> isFirst
                                ? effect.get().chain(answer -> store(session, claim, answer))
                                : replay(session, claim).map(Optional::orElseThrow))));
    }

    /**
     * As {@link #once(Object, Supplier)}, for an effect that needs an answer from outside of the transaction first, such as
     * that of another service: a repetition does not ask for it again, and is answered also while nobody gives it.
     *
     * @param preparation runs in no transaction; its item, which may be null, is given to the effect
     */
    public <T> Uni<Response> once(Object body, Supplier<Uni<T>> preparation, Function<T, Uni<Response>> effect) {
        return earlier(body)
                .chain(earlier -> earlier.map(answer -> Uni.createFrom().item(answer))
                        .orElseGet(() ->
                                preparation.get().chain(prepared -> once(body, () -> effect.apply(prepared)))));
    }

    /**
     * The answer that the same request got before, if it did: asked before work that is outside of the transaction and
     * costs somebody money, such as a call to a language model. Two requests at once may both find none; only {@link #once}
     * decides.
     *
     * @param body as for {@link #once}
     */
    public Uni<Optional<Response>> earlier(Object body) {
        Optional<Claim> named = claimOf(body);
        if (named.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return inTransaction(() -> Panache.getSession().chain(session -> replay(session, named.get())));
    }

    private Optional<Claim> claimOf(Object body) {
        HttpServerRequest request = http.getCurrent().request();
        String key = request.getHeader(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw ProblemException.invalidField(HEADER, "a key has 1 to " + LONGEST_KEY + " characters");
        }
        String hash = hash(body);
        return Optional.of(new Claim(namespace(hash), request.method() + " " + request.path(), key, hash));
    }

    /**
     * A key belongs to the person or machine that sends it: nobody else of the tenant is given an answer that may hold a secret.
     * Strangers without a token are told apart by their bodies, or the first of them would own a key like "1" for ever.
     */
    private String namespace(String hash) {
        return caller.isAnonymous() ? "anonymous " + hash : "subject " + caller.subject();
    }

    private <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
        return caller.isAnonymous() ? transaction.forAllTenants(work) : transaction.asCaller(work);
    }

    private Uni<Boolean> claim(Mutiny.Session session, Claim claim) {
        return session.createNativeQuery("select set_config('lock_timeout', '" + WAIT + "', true)", String.class)
                .getSingleResult()
                .chain(() -> session.createNativeQuery("""
                                insert into idempotency_key (caller, operation, key, tenant_id, request_hash)
                                values (:caller, :operation, :key, cast(cast(:tenant as text) as uuid), :hash)
                                on conflict do nothing
                                """)
                        .setParameter("caller", claim.caller())
                        .setParameter("operation", claim.operation())
                        .setParameter("key", claim.key())
                        .setParameter(
                                "tenant", caller.tenant().map(Object::toString).orElse(null))
                        .setParameter("hash", claim.hash())
                        .executeUpdate())
                .map(rows -> rows == 1)
                .onFailure(Idempotency::isLockTimeout)
                .transform(e -> ProblemException.conflict(
                        "idempotency-key-in-flight",
                        "A request with the Idempotency-Key '" + claim.key() + "' is still being worked on."));
    }

    private Uni<Response> store(Mutiny.Session session, Claim claim, Response answer) {
        String body = answer.getEntity() == null ? null : write(answer.getEntity());
        Object location = answer.getHeaders().getFirst(HttpHeaders.LOCATION);
        String headers = write(location == null ? Map.of() : Map.of(HttpHeaders.LOCATION, Locations.pathOf(location)));
        return session.flush()
                .chain(() -> session.createNativeQuery("""
                                update idempotency_key set status = :status, body = :body,
                                       headers = cast(cast(:headers as text) as jsonb)
                                where caller = :caller and operation = :operation and key = :key
                                """)
                        .setParameter("status", answer.getStatus())
                        .setParameter("body", body)
                        .setParameter("headers", headers)
                        .setParameter("caller", claim.caller())
                        .setParameter("operation", claim.operation())
                        .setParameter("key", claim.key())
                        .executeUpdate())
                .replaceWith(() -> answerOf(answer.getStatus(), headers, body).build());
    }

    private Uni<Optional<Response>> replay(Mutiny.Session session, Claim claim) {
        return session.createNativeQuery(
                        "select request_hash, status, cast(headers as text) as headers, body from idempotency_key"
                                + " where caller = :caller and operation = :operation and key = :key",
                        Tuple.class)
                .setParameter("caller", claim.caller())
                .setParameter("operation", claim.operation())
                .setParameter("key", claim.key())
                .getSingleResultOrNull()
                .map(row -> {
                    if (row == null) {
                        return Optional.empty();
                    }
                    if (!claim.hash().equals(row.get("request_hash", String.class))) {
                        throw ProblemException.unprocessable(
                                "idempotency-key-reused",
                                "The Idempotency-Key '" + claim.key()
                                        + "' was used for another request to this operation.");
                    }
                    return Optional.of(answerOf(
                                    row.get("status", Integer.class),
                                    row.get("headers", String.class),
                                    row.get("body", String.class))
                            .header(REPLAYED, "true")
                            .build());
                });
    }

    private Response.ResponseBuilder answerOf(int status, String headers, String body) {
        Response.ResponseBuilder answer = Response.status(status);
        if (body != null) {
            answer.entity(body).type(MediaType.APPLICATION_JSON_TYPE);
        }
        try {
            json.readValue(headers, new TypeReference<Map<String, String>>() {}).forEach(answer::header);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored headers are no JSON object of strings", e);
        }
        return answer;
    }

    private String hash(Object body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(body));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written as JSON", e);
        }
    }

    private static boolean isLockTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException database && LOCK_TIMEOUT.equals(database.getSqlState())
                    || cause instanceof SQLException wrapped && LOCK_TIMEOUT.equals(wrapped.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private record Claim(String caller, String operation, String key, String hash) {}
}
