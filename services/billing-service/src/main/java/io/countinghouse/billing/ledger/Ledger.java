package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Appends to a tenant's ledger, in the transaction of what is written down. Nothing here changes an entry. */
@ApplicationScoped
public class Ledger {
    private final BillingEventRepository events;
    private final Clock clock;

    Ledger(BillingEventRepository events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    public Uni<Void> append(UUID tenantId, LedgerEntry entry) {
        return append(tenantId, List.of(entry));
    }

    public Uni<Void> append(UUID tenantId, List<LedgerEntry> entries) {
        return events.take(tenantId, entries.size()).chain(last -> {
            Instant now = clock.instant();
            long sequence = last - entries.size();
            List<BillingEvent> made = new ArrayList<>();
            for (LedgerEntry entry : entries) {
                sequence++;
                made.add(BillingEvent.of(tenantId, sequence, entry, now));
            }
            return events.persist(made);
        });
    }

    /** Appends unless the movement is there already, whichever event brought it; the tenant's number line is locked. */
    Uni<Void> appendOnce(UUID tenantId, UUID movement, LedgerEntry entry) {
        return events.take(tenantId, 0)
                .chain(() -> events.has(entry.type(), movement))
                .chain(has -> has ? Uni.createFrom().voidItem() : append(tenantId, entry));
    }

    /** Newest first. */
    Uni<Page<BillingEventView>> page(UUID tenantId, PageRequest page) {
        return events.page(tenantId, page.afterNumber().orElse(Long.MAX_VALUE), page.limit())
                .map(rows -> Page.of(rows, page.limit(), event -> Long.toString(event.sequence()))
                        .map(BillingEvent::toView));
    }
}
