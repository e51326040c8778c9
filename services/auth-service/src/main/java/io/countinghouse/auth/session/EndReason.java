package io.countinghouse.auth.session;

import java.util.Locale;

enum EndReason {
    LOGOUT,
    REVOKED,
    REFRESH_REUSE,
    PASSWORD_CHANGE,
    ROLE_CHANGE;

    String stored() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
