package io.countinghouse.notification.template;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
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

/** Keeps templates, and makes messages of them. */
@ApplicationScoped
public class TemplateService {

    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final TemplateEngine engine;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;

    TemplateService(
            TemplateRepository templates,
            TemplateVersionRepository versions,
            TemplateEngine engine,
            TenantTransaction transaction,
            AuditTrail audit,
            Caller caller,
            Clock clock) {
        this.templates = templates;
        this.versions = versions;
        this.engine = engine;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Renders the current version, in the caller's transaction.
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
                        .map(version -> render(template, version, values)));
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
                    template.revise(request.category(), request.description());
                    return store(template, request, "revised");
                }));
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
        engine.check("subject", request.subject(), false, declared);
        engine.check("text", request.text(), false, declared);
        if (request.html() != null) {
            engine.check("html", request.html(), true, declared);
        }
    }

    private RenderedMessage render(NotificationTemplate template, TemplateVersion version, Map<String, String> values) {
        checkVariables(template.name(), version.variables(), values);
        // A line break in a value must not become another header of the mail.
        Map<String, String> oneLine = new HashMap<>();
        values.forEach((name, value) -> oneLine.put(name, value.replaceAll("\\p{Cntrl}+", " ")));
        return new RenderedMessage(
                template.name(),
                version.version(),
                template.category(),
                engine.render(version.subject(), false, oneLine),
                engine.render(version.text(), false, values),
                version.html() == null ? null : engine.render(version.html(), true, values));
    }

    private static void checkVariables(String template, List<String> declared, Map<String, String> values) {
        var errors = new ArrayList<FieldError>();
        var names = new TreeSet<>(values.keySet());
        names.addAll(declared);
        for (String name : names) {
            if (!declared.contains(name)) {
                errors.add(new FieldError("variables." + name, "is not a variable of the template"));
            } else if (values.get(name) == null) {
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
