package io.countinghouse.defaults.work;

import io.countinghouse.defaults.problem.Faults;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.scheduler.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Says once that something scheduled fails, and once that it works again. The scheduler itself, whose log is off, would say
 * it at every round, with a trace: a database that is away for a minute would fill pages.
 */
@ApplicationScoped
class ScheduledWork {

    private static final Logger LOG = Logger.getLogger(ScheduledWork.class);

    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    void failed(@Observes FailedExecution failed) {
        String name = nameOf(failed.getExecution().getTrigger());
        if (!failing.add(name)) {
            return;
        }
        Throwable failure = failed.getException();
        if (Faults.isAbsence(failure)) {
            LOG.warnf("%s cannot be done just now: %s", name, Faults.line(failure));
        } else {
            LOG.errorf(Faults.withoutValues(failure), "%s failed", name);
        }
    }

    void succeeded(@Observes SuccessfulExecution succeeded) {
        String name = nameOf(succeeded.getExecution().getTrigger());
        if (failing.remove(name)) {
            LOG.infof("%s is done again", name);
        }
    }

    /** The method, by its class and name. */
    private static String nameOf(Trigger trigger) {
        String method = trigger.getMethodDescription();
        return method == null ? trigger.getId() : method.replaceAll("^.*\\.(?=\\w+[#.]\\w+)", "");
    }
}
