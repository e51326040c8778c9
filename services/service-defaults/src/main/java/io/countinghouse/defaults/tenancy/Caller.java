package io.countinghouse.defaults.tenancy;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who makes the current request, read from the verified token and from nothing else. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public boolean isAnonymous() {
        return identity.isAnonymous();
    }

    public boolean isOperator() {
        return identity.hasRole(Roles.OPERATOR);
    }

    public boolean isService() {
        return identity.hasRole(Roles.SERVICE);
    }

    /** Operator staff, the seven services, and the operator's machines: they belong to no tenant. */
    public boolean isAboveTenants() {
        return !isAnonymous() && tenant().isEmpty();
    }

    public Set<String> roles() {
        return identity.getRoles();
    }

    /** The user or service account; "anonymous" without a token. */
    public String subject() {
        return token().map(JsonWebToken::getSubject).orElse("anonymous");
    }

    /** The login session of the token; machines have none. */
    public Optional<UUID> session() {
        return claim("sid").map(UUID::fromString);
    }

    public Optional<String> claim(String name) {
        return token().map(token -> token.<Object>getClaim(name)).map(Object::toString);
    }

    public Optional<UUID> tenant() {
        return claim("tenant_id").map(UUID::fromString);
    }

    /** The caller's own tenant; 403 for a caller that belongs to none. */
    public UUID tenantId() {
        return tenant().orElseThrow(() -> ProblemException.forbidden("This operation needs a token of a tenant."));
    }

    /**
     * The tenant a request is about. A caller of a tenant always means its own, and naming another is answered as if
     * it did not exist; a caller above tenants must name one.
     *
     * @param named what the request names, or null
     */
    public UUID tenantId(UUID named) {
        if (isAboveTenants()) {
            if (named == null) {
                throw ProblemException.invalidField(
                        "tenant_id", "an operator or a service must name the tenant this is about");
            }
            return named;
        }
        UUID own = tenantId();
        if (named != null && !named.equals(own)) {
            throw ProblemException.notFound("tenant", named);
        }
        return own;
    }

    private Optional<JsonWebToken> token() {
        return identity.getPrincipal() instanceof JsonWebToken token ? Optional.of(token) : Optional.empty();
    }
}
