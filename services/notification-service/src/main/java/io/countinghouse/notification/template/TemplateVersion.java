package io.countinghouse.notification.template;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a template says, from one change to the next. */
@Entity
@Immutable
@Table(name = "notification_template_version")
class TemplateVersion {

    @Id
    private UUID id;

    private UUID templateId;
    private int version;
    private String subject;
    private String text;
    private String html;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<String> variables;

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
        this.variables = List.copyOf(request.variables());
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
        return variables;
    }

    Instant createdAt() {
        return createdAt;
    }

    String createdBy() {
        return createdBy;
    }
}
