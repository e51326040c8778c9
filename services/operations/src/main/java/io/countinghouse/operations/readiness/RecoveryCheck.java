package io.countinghouse.operations.readiness;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** That there is a recent backup, and that one was restored. */
final class RecoveryCheck {

    private final Site site;
    private final Limits limits;

    RecoveryCheck(Site site, Limits limits) {
        this.site = site;
        this.limits = limits;
    }

    Finding backup() {
        try {
            return judge(Line.BACKUP, site.backup(), limits.backup());
        } catch (IOException e) {
            return Finding.notMeasured(Line.BACKUP, null, e.getMessage());
        }
    }

    Finding restoreDrill() {
        try {
            return judge(Line.RESTORE_DRILL, site.restoreDrill(), limits.drill());
        } catch (IOException e) {
            return Finding.notMeasured(Line.RESTORE_DRILL, null, e.getMessage());
        }
    }

    private Finding judge(Line line, Optional<Site.Trace> trace, Duration limit) {
        String mend = ": " + site.mending(line);
        if (trace.isEmpty()) {
            return Finding.failed(line, null, "there is none" + mend);
        }
        Site.Trace found = trace.get();
        if (!found.passed()) {
            return Finding.failed(line, null, "the last, " + limits.ago(found.at()) + ", failed: " + found.what());
        }
        if (limits.isPast(limit, found.at())) {
            return Finding.failed(
                    line, null, "the last is of " + limits.ago(found.at()) + ", more than " + text(limit) + mend);
        }
        return Finding.ok(line, null, limits.ago(found.at()) + ", " + found.what());
    }

    private static String text(Duration limit) {
        return limit.toHours() < 72 ? limit.toHours() + " hours" : limit.toDays() + " days";
    }
}
