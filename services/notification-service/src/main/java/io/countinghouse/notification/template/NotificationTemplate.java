package io.countinghouse.notification.template;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A kind of message, known by its name; what it says stands in its versions. */
@Entity
@Table(name = "notification_template")
class NotificationTemplate {

    @Id
    private UUID id;

    private String name;
    private String category;
    private String description;
    private boolean builtIn;
    private int currentVersion;
    private Instant createdAt;
    private Instant deletedAt;

    protected NotificationTemplate() {}

    NotificationTemplate(String name, Category category, String description, Instant now) {
        this.id = Ids.next();
        this.name = name;
        this.category = category.label();
        this.description = description;
        this.currentVersion = 1;
        this.createdAt = now;
    }

    /** @param version the number of the version that is now to be stored */
    void revise(Category newCategory, String newDescription, int version) {
        if (builtIn && newCategory != category()) {
            throw ProblemException.invalidField(
                    "category",
                    "is '" + category + "' for ever, because the service sends the template itself; not '"
                            + newCategory.label() + "'");
        }
        this.category = newCategory.label();
        this.description = newDescription;
        this.currentVersion = version;
    }

    /** The name stays taken, because messages name it. */
    void delete(Instant now) {
        if (builtIn) {
            throw ProblemException.conflict(
                    "template-built-in",
                    "The template '" + name + "' is sent by the service itself; give it a new version instead.");
        }
        this.deletedAt = now;
    }

    boolean isBuiltIn() {
        return builtIn;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    Category category() {
        return Category.of(category);
    }

    int currentVersion() {
        return currentVersion;
    }

    TemplateView view(TemplateVersion version) {
        return new TemplateView(
                id,
                name,
                category(),
                description,
                builtIn,
                version.version(),
                version.subject(),
                version.text(),
                version.html(),
                version.variables(),
                version.createdAt(),
                version.createdBy());
    }
}
