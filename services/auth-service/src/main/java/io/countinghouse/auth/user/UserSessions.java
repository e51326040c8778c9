package io.countinghouse.auth.user;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** How this feature ends what a user is logged in with; within the transaction of the change that demands it. */
public interface UserSessions {

    enum Reason {
        PASSWORD_CHANGE,
        ROLE_CHANGE
    }

    /** Ends the sessions of a user and revokes their access tokens, except for one session if it is named. */
    Uni<Void> endAll(UUID user, UUID exceptOrNull, Reason reason);
}
