package io.countinghouse.ai.generation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.ai.provider.Answer;
import io.countinghouse.ai.provider.Providers;
import io.countinghouse.ai.provider.Task;
import io.countinghouse.ai.usage.UsageQuery;
import io.countinghouse.ai.usage.UsageReader;
import io.countinghouse.ai.usage.Window;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns a request into a task, has a provider answer it, and records both. */
@ApplicationScoped
public class GenerationService {

    private static final String CHAT = "chat";
    private static final String EXPLAIN = "explain";
    private static final int DEFAULT_LEVEL = 95;
    private static final Set<Integer> LEVELS = Set.of(50, 80, 90, 95, 99);

    /** A quarter of hours or six years of days: more history tells nothing about next week, and costs seconds. */
    private static final int MOST_WINDOWS = 2200;

    private final Providers providers;
    private final UsageReader usage;
    private final GenerationRecords records;
    private final UnrecordedGenerations unrecorded;
    private final AuditTrail audit;
    private final Idempotency idempotency;
    private final Caller caller;
    private final ObjectMapper json;
    private final Clock clock;

    GenerationService(
            Providers providers,
            UsageReader usage,
            GenerationRecords records,
            UnrecordedGenerations unrecorded,
            AuditTrail audit,
            Idempotency idempotency,
            Caller caller,
            ObjectMapper json,
            Clock clock) {
        this.providers = providers;
        this.usage = usage;
        this.records = records;
        this.unrecorded = unrecorded;
        this.audit = audit;
        this.idempotency = idempotency;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    Uni<Response> generate(GenerateRequest request) {
        UUID tenant = caller.tenantId(request.tenantId());
        Question question = question(tenant, request.operation(), providerOf(request), asMap(withoutNulls(request)));
        return unlessAnswered(
                request,
                () -> taskOf(tenant, request)
                        .chain(task -> ask(question, task))
                        .chain(generation -> recorded(
                                request,
                                generation,
                                () -> Response.status(201)
                                        .entity(generation.view())
                                        .build())));
    }

    /** A chat completion of the caller's tenant: the endpoint's answer, under the id of its generation. */
    public Uni<Response> chat(ObjectNode request) {
        Question question = question(caller.tenantId(), CHAT, Providers.OPENAI_COMPATIBLE, asMap(request));
        return unlessAnswered(
                request,
                () -> ask(question, new Task.Chat(request))
                        .chain(generation -> recorded(
                                request,
                                generation,
                                () -> Response.ok(completion(generation), MediaType.APPLICATION_JSON_TYPE)
                                        .build())));
    }

    private Question question(UUID tenant, String operation, String provider, Map<String, Object> parameters) {
        return new Question(
                tenant, operation, provider, parameters, caller.subject(), audit.currentActor(), clock.instant());
    }

    /** A provider is asked outside of the transaction, and paid: a repeated request does not ask it again. */
    private Uni<Response> unlessAnswered(Object request, Supplier<Uni<Response>> generation) {
        return idempotency
                .earlier(request)
                .chain(answer -> answer.map(Uni.createFrom()::item).orElseGet(() -> toItsEnd(generation.get())));
    }

    /** What is asked is paid for, so it is recorded also when the caller hangs up before the answer. */
    private static Uni<Response> toItsEnd(Uni<Response> generation) {
        return Uni.createFrom()
                .emitter(emitter -> generation.subscribe().with(emitter::complete, failure -> emitter.fail(failure)));
    }

    private Uni<Generation> ask(Question question, Task task) {
        return Uni.createFrom().deferred(() -> {
            if (question.provider().equals(Providers.OPENAI_COMPATIBLE)) {
                unrecorded.refuseMore();
            }
            long start = System.nanoTime();
            return providers
                    .named(question.provider())
                    .answer(task)
                    .map(answer -> new Generation(
                            Ids.next(), question, reply(answer, Duration.ofNanos(System.nanoTime() - start))));
        });
    }

    /** Whatever keeps an answer that was paid for from being recorded, its caller gets it. */
    private Uni<Response> recorded(Object request, Generation generation, Supplier<Response> answer) {
        return Uni.createFrom()
                .deferred(() -> idempotency.once(
                        request, () -> records.record(generation).map(view -> answer.get())))
                .onFailure(failure ->
                        generation.reply().completion().isPresent() && !(failure instanceof ProblemException))
                .recoverWithItem(failure -> {
                    unrecorded.add(generation, failure);
                    return answer.get();
                });
    }

    private Uni<Task> taskOf(UUID tenant, GenerateRequest request) {
        if (request.operation().equals(CHAT)) {
            return Uni.createFrom().item(() -> chatTask(request));
        }
        Window window = request.window() == null ? Window.DAY : Window.of(request.window());
        int horizon = request.horizon() == null ? window.seasons().getFirst() : request.horizon();
        int level = levelOf(request);
        return usage.read(queryOf(tenant, request, window))
                .map(history -> request.operation().equals(EXPLAIN)
                        ? new Task.ExplainUsage(history, horizon, level)
                        : new Task.ForecastUsage(history, horizon, level));
    }

    private UsageQuery queryOf(UUID tenant, GenerateRequest request, Window window) {
        if (request.meter() == null) {
            throw ProblemException.invalidField("meter", "must be named for " + request.operation());
        }
        refuseIfAncient("from", request.from());
        refuseIfAncient("to", request.to());
        Instant now = clock.instant();
        // The present window is not over: its total would look like a fall in use.
        Instant to = window.startOf(request.to() == null || request.to().isAfter(now) ? now : request.to());
        Instant from =
                window.startOf(request.from() == null ? window.plus(to, -window.usualHistory()) : request.from());
        if (!from.isBefore(to)) {
            throw ProblemException.invalidField(
                    "from", "'%s' must be at least one %s before '%s'".formatted(from, window.text(), to));
        }
        if (window.between(from, to) > MOST_WINDOWS) {
            throw ProblemException.invalidField(
                    "from", "a history has at most %d %ss".formatted(MOST_WINDOWS, window.text()));
        }
        return new UsageQuery(tenant, request.meter(), window, from, to);
    }

    /** Arithmetic on the earliest instants that can be written fails; nobody's usage is that old. */
    private static void refuseIfAncient(String field, Instant instant) {
        if (instant != null && instant.isBefore(Instant.EPOCH)) {
            throw ProblemException.invalidField(field, "'%s' must not be before 1970".formatted(instant));
        }
    }

    private Task chatTask(GenerateRequest request) {
        if (request.messages() == null) {
            throw ProblemException.invalidField("messages", "must be given for chat");
        }
        ObjectNode completion = json.createObjectNode();
        if (request.model() != null) {
            completion.put("model", request.model());
        }
        ArrayNode messages = completion.putArray("messages");
        request.messages()
                .forEach(message ->
                        messages.addObject().put("role", message.role()).put("content", message.content()));
        return new Task.Chat(completion);
    }

    private static String providerOf(GenerateRequest request) {
        if (request.provider() != null) {
            return request.provider();
        }
        return request.operation().equals(CHAT) ? Providers.OPENAI_COMPATIBLE : Providers.BUILT_IN;
    }

    private static int levelOf(GenerateRequest request) {
        if (request.level() == null) {
            return DEFAULT_LEVEL;
        }
        if (!LEVELS.contains(request.level())) {
            throw ProblemException.invalidField(
                    "level", "'%d' is none of 50, 80, 90, 95, 99".formatted(request.level()));
        }
        return request.level();
    }

    private Reply reply(Answer answer, Duration latency) {
        return new Reply(
                answer.model(),
                asMap(answer.result()),
                answer.inputTokens(),
                answer.outputTokens(),
                answer.completion(),
                latency,
                clock.instant());
    }

    /** Under its generation's id, so that feedback can name the completion; clients treat the id as opaque. */
    private static WrittenJson completion(Generation generation) {
        return new WrittenJson(generation.reply().completion().orElseThrow().under("chatcmpl-" + generation.id()));
    }

    private Map<String, Object> withoutNulls(GenerateRequest request) {
        Map<String, Object> parameters = asMap(request);
        parameters.values().removeIf(java.util.Objects::isNull);
        return parameters;
    }

    private Map<String, Object> asMap(Object value) {
        return json.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
