package io.countinghouse.auth.machine;

import io.countinghouse.defaults.security.Roles;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a machine may be allowed. Roles of people and of the seven services are no scopes: nobody can ask for them. */
final class Scopes {

    static final Set<String> ALL = Set.of(
            Roles.USAGE_READ,
            Roles.USAGE_WRITE,
            Roles.USAGE_REPORT,
            Roles.BILLING_READ,
            Roles.BILLING_WRITE,
            Roles.INVOICES_READ,
            Roles.INVOICES_WRITE,
            Roles.NOTIFICATIONS_READ,
            Roles.NOTIFICATIONS_WRITE,
            Roles.AUDIT_READ,
            Roles.AUDIT_WRITE,
            Roles.AI_USE);

    /**
     * What a tenant may give its own machines: to read, to use models, and to report usage, which usage-service takes only
     * where the installation lets customers report their own; nothing that changes a bill otherwise.
     */
    static final Set<String> OF_TENANTS = Set.of(
            Roles.USAGE_READ,
            Roles.USAGE_REPORT,
            Roles.BILLING_READ,
            Roles.INVOICES_READ,
            Roles.NOTIFICATIONS_READ,
            Roles.AUDIT_READ,
            Roles.AI_USE);

    private Scopes() {}

    /** The space-delimited form of RFC 6749 section 3.3, and back. */
    static String join(Collection<String> scopes) {
        return String.join(" ", scopes.stream().sorted().distinct().toList());
    }

    static Set<String> split(String scope) {
        return new LinkedHashSet<>(Arrays.asList(scope.strip().split(" +")));
    }
}
