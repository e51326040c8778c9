package io.countinghouse.notification.template;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.notification.sender.SenderConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps templates, and makes messages of them. */
@ApplicationScoped
public class TemplateService {

    /** Controls, separators of lines and paragraphs, and the signs that turn the order of writing round. */
    private static final Pattern ONE_LINE =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

    /** Every template may name who writes; whoever sends need not. */
    private static final String SENDER_NAME = "sender_name";

    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final TemplateEngine engine;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final SenderConfig sender;
    private final Clock clock;

    TemplateService(
            TemplateRepository templates,
            TemplateVersionRepository versions,
            TemplateEngine engine,
            TenantTransaction transaction,
            AuditTrail audit,
            Caller caller,
            SenderConfig sender,
            Clock clock) {
        this.templates = templates;
        this.versions = versions;
        this.engine = engine;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Renders the current version, in the caller's transaction. A template of the service itself may use fewer variables
     * than there are.
     *
     * @throws ProblemException 422 for a template that does not exist, or values that are not exactly its variables
     */
    public Uni<RenderedMessage> render(String name, Map<String, String> values) {
        return templates
                .findByName(name)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(
                        422,
                        "unknown-template",
                        "Unprocessable content",
                        "There is no template '" + name + "'.",
                        List.of(new FieldError("template", "does not exist"))))
                .chain(template -> versions.findVersion(template.id(), template.currentVersion())
                        .chain(version -> offered(template, version.variables())
                                .map(offered -> render(template, version, offered, values))));
    }

    Uni<TemplateView> create(TemplateRequest request) {
        check(request);
        return templates
                .isNameTaken(request.name())
                .invoke(taken -> {
                    if (taken) {
                        throw ProblemException.conflict(
                                "template-exists",
                                "The name '" + request.name() + "' is or was taken by another template.");
                    }
                })
                .chain(() -> {
                    var template = new NotificationTemplate(
                            request.name(), request.category(), request.description(), clock.instant());
                    return templates.persist(template).chain(() -> store(template, request, "created"));
                });
    }

    Uni<TemplateView> revise(UUID id, TemplateRequest request) {
        check(request);
        return transaction.asCaller(() -> required(templates.findForChange(id), id)
                .chain(template -> {
                    if (!template.name().equals(request.name())) {
                        throw ProblemException.invalidField(
                                "name",
                                "is '" + template.name() + "' for ever; '" + request.name()
                                        + "' would be another template");
                    }
                    return offered(template, request.variables())
                            .invoke(offered -> refuseUnknown(template, request.variables(), offered))
                            .chain(() -> versions.findLatest(id))
                            .invoke(latest ->
                                    template.revise(request.category(), request.description(), latest.version() + 1))
                            .chain(() -> store(template, request, "revised"));
                }));
    }

    /** What a template may use: all that it declares, or that the service gives to a template of its own. */
    private Uni<List<String>> offered(NotificationTemplate template, List<String> declared) {
        return template.isBuiltIn()
                ? versions.findShipped(template.id())
                        .map(shipped -> Stream.concat(shipped.variables().stream(), Stream.of(SENDER_NAME))
                                .distinct()
                                .toList())
                : Uni.createFrom().item(declared);
    }

    private static void refuseUnknown(NotificationTemplate template, List<String> declared, List<String> offered) {
        var unknown = new TreeSet<>(declared);
        offered.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw TemplateEngine.refused(
                    "variables",
                    "declares " + String.join(", ", unknown) + ", which the service does not give to '"
                            + template.name() + "'; it gives " + String.join(", ", offered));
        }
    }

    Uni<Void> delete(UUID id) {
        return transaction.asCaller(() -> required(templates.findForChange(id), id)
                .invoke(template -> template.delete(clock.instant()))
                .chain(template -> audit.record(
                        "notification_template.deleted",
                        "notification_template",
                        id,
                        null,
                        Map.of("name", template.name()))));
    }

    Uni<TemplateView> get(UUID id) {
        return transaction.asCaller(() -> required(templates.findExisting(id), id)
                .chain(template ->
                        versions.findVersion(id, template.currentVersion()).map(template::view)));
    }

    Uni<TemplateView> getVersion(UUID id, int number) {
        return transaction.asCaller(() -> required(templates.findExisting(id), id)
                .chain(template -> versions.findVersion(id, number)
                        .onItem()
                        .ifNull()
                        .failWith(() ->
                                ProblemException.notFound("version of template '" + template.name() + "'", number))
                        .map(template::view)));
    }

    Uni<Page<TemplateView>> list(PageRequest page) {
        return transaction.asCaller(() -> templates
                .listAfter(page.afterId(), page.limit() + 1)
                .chain(found -> versions.listCurrent(
                                found.stream().map(NotificationTemplate::id).toList())
                        .map(current -> {
                            var views = new ArrayList<TemplateView>();
                            for (int i = 0; i < found.size(); i++) {
                                views.add(found.get(i).view(current.get(i)));
                            }
                            return Page.of(
                                    views, page.limit(), view -> view.id().toString());
                        })));
    }

    Uni<Page<TemplateView>> listVersions(UUID id, PageRequest page) {
        int before = Math.clamp(page.afterNumber().orElse(Integer.MAX_VALUE), 0, Integer.MAX_VALUE);
        return transaction.asCaller(() -> required(templates.findExisting(id), id)
                .chain(template -> versions.listBefore(id, before, page.limit() + 1)
                        .map(found -> Page.of(found, page.limit(), version -> Integer.toString(version.version()))
                                .map(template::view))));
    }

    private Uni<TemplateView> store(NotificationTemplate template, TemplateRequest request, String verb) {
        var version = new TemplateVersion(
                template.id(), template.currentVersion(), request, clock.instant(), caller.subject());
        return versions.persistAndFlush(version)
                .chain(() -> audit.record(
                        "notification_template." + verb,
                        "notification_template",
                        template.id(),
                        null,
                        Map.of("name", template.name(), "version", version.version())))
                .replaceWith(() -> template.view(version));
    }

    private void check(TemplateRequest request) {
        Set<String> declared = new HashSet<>(request.variables());
        var unused = new TreeSet<>(declared);
        unused.removeAll(engine.check("subject", request.subject(), false, declared));
        unused.removeAll(engine.check("text", request.text(), false, declared));
        if (request.html() != null) {
            unused.removeAll(engine.check("html", request.html(), true, declared));
        }
        if (!unused.isEmpty()) {
            throw TemplateEngine.refused("variables", "declares " + String.join(", ", unused) + ", which no part uses");
        }
    }

    private RenderedMessage render(
            NotificationTemplate template, TemplateVersion version, List<String> offered, Map<String, String> given) {
        Map<String, String> values = new HashMap<>(given);
        values.putIfAbsent(SENDER_NAME, sender.name());
        checkVariables(template.name(), version.variables(), offered, values);
        values.keySet().retainAll(version.variables());
        // A line break in a value must not become another header of the mail, nor may its order be turned round.
        Map<String, String> oneLine = new HashMap<>();
        values.forEach(
                (name, value) -> oneLine.put(name, ONE_LINE.matcher(value).replaceAll(" ")));
        return new RenderedMessage(
                template.name(),
                version.version(),
                template.category(),
                engine.render(version.subject(), false, oneLine),
                engine.render(version.text(), false, values),
                version.html() == null ? null : engine.render(version.html(), true, values));
    }

    private static void checkVariables(
            String template, List<String> declared, List<String> offered, Map<String, String> values) {
        var errors = new ArrayList<FieldError>();
        var names = new TreeSet<>(values.keySet());
        names.addAll(declared);
        for (String name : names) {
            if (!name.equals(SENDER_NAME) && !declared.contains(name) && !offered.contains(name)) {
                errors.add(new FieldError("variables." + name, "is not a variable of the template"));
            } else if (declared.contains(name) && values.get(name) == null) {
                errors.add(new FieldError("variables." + name, "is missing"));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    422,
                    "template-variables",
                    "Unprocessable content",
                    "The template '" + template + "' takes exactly the variables " + String.join(", ", declared) + ".",
                    errors);
        }
    }

    private static Uni<NotificationTemplate> required(Uni<NotificationTemplate> found, UUID id) {
        return found.onItem().ifNull().failWith(() -> ProblemException.notFound("notification template", id));
    }
}
