package io.countinghouse.notification.template;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class TemplateVersionRepository implements PanacheRepositoryBase<TemplateVersion, UUID> {

    Uni<TemplateVersion> findVersion(UUID template, int version) {
        return find("templateId = ?1 and version = ?2", template, version).firstResult();
    }

    /** Not always the current one: versions that come with the product wait beside the operator's own. */
    Uni<TemplateVersion> findLatest(UUID template) {
        return find("templateId = ?1 order by version desc", template).firstResult();
    }

    /** The newest version that came with the product: it declares all that the service gives. */
    Uni<TemplateVersion> findShipped(UUID template) {
        return find("templateId = ?1 and createdBy = ?2 order by version desc", template, TemplateVersion.PRODUCT)
                .firstResult();
    }

    /** Newest first, those before the given one. */
    Uni<List<TemplateVersion>> listBefore(UUID template, int before, int limit) {
        return find("templateId = ?1 and version < ?2 order by version desc", template, before)
                .range(0, limit - 1)
                .list();
    }

    /** The current versions of the given templates. */
    Uni<List<TemplateVersion>> listCurrent(List<UUID> templates) {
        return list(
                "select v from TemplateVersion v, NotificationTemplate t where t.id in ?1 and v.templateId = t.id"
                        + " and v.version = t.currentVersion order by t.id",
                templates);
    }
}
