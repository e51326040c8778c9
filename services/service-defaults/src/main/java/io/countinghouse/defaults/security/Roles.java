package io.countinghouse.defaults.security;

/**
 * The groups a token can carry. People of a tenant have exactly one of the five tenant roles; the operator's staff
 * have {@link #OPERATOR}; the seven services have {@link #SERVICE}; other machines have scopes only.
 */
public final class Roles {

    public static final String OPERATOR = "operator";
    public static final String SERVICE = "service";

    public static final String OWNER = "owner";
    public static final String ADMIN = "admin";
    public static final String BILLING = "billing";
    public static final String MEMBER = "member";
    public static final String VIEWER = "viewer";

    /** Whoever logs in with a password that somebody else chose: it opens the change of that password and nothing else. */
    public static final String PASSWORD_CHANGE = "password:change";

    public static final String USAGE_READ = "usage:read";
    public static final String USAGE_WRITE = "usage:write";
    /** To report the own tenant's usage, where the installation lets customers do so; never gives {@link #USAGE_WRITE}. */
    public static final String USAGE_REPORT = "usage:report";

    public static final String BILLING_READ = "billing:read";
    public static final String BILLING_WRITE = "billing:write";
    public static final String INVOICES_READ = "invoices:read";
    public static final String INVOICES_WRITE = "invoices:write";
    public static final String NOTIFICATIONS_READ = "notifications:read";
    public static final String NOTIFICATIONS_WRITE = "notifications:write";
    public static final String AUDIT_READ = "audit:read";
    public static final String AUDIT_WRITE = "audit:write";
    public static final String AI_USE = "ai:use";

    private Roles() {}
}
