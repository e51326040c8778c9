package io.countinghouse.operations.readiness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The lines of the checklist; docs/readiness.md has a heading for each. */
enum Line {
    HEALTH(Scope.SERVICE, "/health answers, in under 100 ms"),
    MIGRATIONS(Scope.SERVICE, "the migrations of this version are applied, and no other"),
    REVERSIBLE(Scope.SERVICE, "each applied migration has its undo script"),
    SCHEMA(Scope.SERVICE, "columns are what the entities say"),
    TABLES(Scope.SERVICE, "the required tables are there"),
    INDEXES(Scope.SERVICE, "indexes, constraints and triggers are what the migrations made"),
    ROW_SECURITY(Scope.SERVICE, "a tenant's rows are walled off in every table that has them"),
    OPERATIONS(Scope.SERVICE, "each operation of the OpenAPI document is there, guarded, and refuses bad input"),
    COUNTERS(Scope.SERVICE, "the required counters are there and move"),
    LOGS(Scope.SERVICE, "log lines are JSON"),
    CORRELATION(Scope.SERVICE, "a request is found in the log by its correlation id"),
    SECRETS_IN_LOGS(Scope.SERVICE, "no secret in the log"),
    SECRETS_IN_CONFIGURATION(Scope.SERVICE, "no secret where others read it"),
    SECRET_AGE(Scope.SERVICE, "where each secret comes from, and that it is not too old"),
    ROLLBACK_DRILL(Scope.SERVICE, "the latest migration was undone, as a drill, not long ago"),
    REPLICAS(Scope.SERVICE, "the pods that should run are ready"),
    PROBES(Scope.SERVICE, "startup, liveness and readiness probes"),
    RESOURCES(Scope.SERVICE, "requests and limits"),
    POD_SECURITY(Scope.SERVICE, "Pod Security restricted, read-only root"),
    NETWORK_POLICY(Scope.SERVICE, "only declared connections"),
    DISRUPTION_BUDGET(Scope.SERVICE, "a drain leaves a pod running"),
    LOGIN(Scope.INSTALLATION, "sign-up and login"),
    REFRESH(Scope.INSTALLATION, "refresh tokens rotate, and reuse ends the session"),
    ROLES(Scope.INSTALLATION, "a role that does not suffice is refused"),
    SESSIONS(Scope.INSTALLATION, "a logout is honoured by all seven within a second"),
    BACKUP(Scope.INSTALLATION, "a recent backup"),
    RESTORE_DRILL(Scope.INSTALLATION, "a backup was restored, as a drill, not long ago");

    private enum Scope {
        SERVICE,
        INSTALLATION
    }

    private final Scope scope;
    private final String meaning;

    Line(Scope scope, String meaning) {
        this.scope = scope;
        this.meaning = meaning;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String meaning() {
        return meaning;
    }

    boolean isPerService() {
        return scope == Scope.SERVICE;
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(Line::id).toList();
    }
}
