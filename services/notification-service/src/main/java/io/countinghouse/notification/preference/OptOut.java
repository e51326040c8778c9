package io.countinghouse.notification.preference;

import io.countinghouse.defaults.time.Ids;
import io.countinghouse.notification.template.Category;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A category that a tenant does not want mails of. */
@Entity
@Table(name = "notification_opt_out")
class OptOut {

    @Id
    private UUID id;

    private UUID tenantId;
    private String category;
    private Instant createdAt;

    protected OptOut() {}

    OptOut(UUID tenantId, Category category, Instant now) {
        this.id = Ids.next();
        this.tenantId = tenantId;
        this.category = category.label();
        this.createdAt = now;
    }

    Category category() {
        return Category.of(category);
    }
}
