package io.countinghouse.usage.metric;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What one event counts for under one meter; written with the event, read in sums. */
@Entity
@Immutable
@Table(name = "usage_metrics")
class UsageMetric {

    @EmbeddedId
    private Key key;

    private UUID tenantId;
    private long sequence;
    private Instant time;
    private BigDecimal value;
    private String textValue;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> groups;

    private Long voidSequence;

    protected UsageMetric() {}

    @Embeddable
    record Key(UUID eventId, UUID meterId) {}
}
