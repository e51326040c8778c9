package io.countinghouse.notification.template;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** What a template says, from one change to the next. */
@Entity
@Immutable
@Table(name = "notification_template_version")
class TemplateVersion {

    /** Who made the versions that come with the product: no subject of a token. */
    static final String PRODUCT = "countinghouse";

    @Id
    private UUID id;

    private UUID templateId;
    private int version;
    private String subject;
    private String text;
    private String html;

    /** Names joined by commas, which no name holds. */
    private String variables;

    private Instant createdAt;
    private String createdBy;

    protected TemplateVersion() {}

    TemplateVersion(UUID templateId, int version, TemplateRequest request, Instant now, String createdBy) {
        this.id = Ids.next();
        this.templateId = templateId;
        this.version = version;
        this.subject = request.subject();
        this.text = request.text();
        this.html = request.html();
        this.variables =
                String.join(",", request.variables().stream().distinct().toList());
        this.createdAt = now;
        this.createdBy = createdBy;
    }

    int version() {
        return version;
    }

    String subject() {
        return subject;
    }

    String text() {
        return text;
    }

    String html() {
        return html;
    }

    List<String> variables() {
        return variables.isEmpty() ? List.of() : List.of(variables.split(","));
    }

    Instant createdAt() {
        return createdAt;
    }

    String createdBy() {
        return createdBy;
    }
}
