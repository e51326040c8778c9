package io.countinghouse.auth.user;

import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.text.EmailAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A person: in exactly one tenant, or without one as staff of the operator. */
@Entity
@Table(name = "\"user\"")
class User {

    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(columnDefinition = "text")
    private String email;

    @Column(name = "email_canonical")
    private String emailCanonical;

    @Column(columnDefinition = "text")
    private String name;

    @Column(columnDefinition = "text")
    private String role;

    @Column(name = "password_hash", columnDefinition = "text")
    private String passwordHash;

    @Column(name = "password_changed_at")
    private Instant passwordChangedAt;

    @Column(name = "password_by_another")
    private boolean passwordByAnother;

    @Column(name = "created_at")
    private Instant createdAt;

    protected User() {}

    static User inTenant(UUID tenant, UUID id, Person person, String role, String passwordHash, Instant now) {
        User user = operator(id, person, passwordHash, now);
        user.tenantId = tenant;
        user.role = role;
        return user;
    }

    static User operator(UUID id, Person person, String passwordHash, Instant now) {
        User user = new User();
        user.id = id;
        user.email = person.email().deliverable();
        user.emailCanonical = person.email().canonical();
        user.name = person.name();
        user.role = Roles.OPERATOR;
        user.passwordHash = passwordHash;
        user.passwordChangedAt = now;
        user.createdAt = now;
        return user;
    }

    /** What a person says about themselves. */
    record Person(EmailAddress email, String name) {}

    /** Somebody else chose the password and knows it: until it is changed it opens nothing but its change. */
    User withFirstPassword() {
        passwordByAnother = true;
        return this;
    }

    void changeRole(String newRole) {
        role = newRole;
    }

    void changePassword(String hash, Instant now) {
        passwordHash = hash;
        passwordChangedAt = now;
        passwordByAnother = false;
    }

    /** The same password, hashed with today's parameters. */
    void rehash(String hash) {
        passwordHash = hash;
    }

    boolean mustChangePassword() {
        return passwordByAnother;
    }

    boolean isOwner() {
        return Roles.OWNER.equals(role);
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    String email() {
        return email;
    }

    String emailCanonical() {
        return emailCanonical;
    }

    String name() {
        return name;
    }

    String role() {
        return role;
    }

    String passwordHash() {
        return passwordHash;
    }

    Instant createdAt() {
        return createdAt;
    }
}
