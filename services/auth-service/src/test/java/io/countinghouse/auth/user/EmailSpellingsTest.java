package io.countinghouse.auth.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.countinghouse.auth.People;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Addresses beyond ASCII, which earlier versions took. */
@QuarkusTest
class EmailSpellingsTest {

    @Inject
    EmailSpellings spellings;

    @Test
    void anOlderAddressBeyondAsciiLogsInByEverySpelling() throws Throwable {
        // Given
        String domain = "@" + UUID.randomUUID() + ".example";
        older(People.owner(), "\u03bd\u03b9\u03ba\u03bf\u03c2" + domain);

        // When
        VertxContextSupport.subscribeAndAwait(spellings::complete);

        // Then
        People.tryLogin("\u039d\u0399\u039a\u039f\u03a3" + domain, People.PASSWORD)
                .statusCode(200);
    }

    @Test
    void ofTwoOlderAccountsOfOneMailboxTheFirstKeepsIt() throws Throwable {
        // Given
        String domain = "@" + UUID.randomUUID() + ".example";
        People.Person first = People.owner();
        older(first, "caf\u00e9" + domain);
        older(People.owner(), "cafe\u0301" + domain);

        // When
        VertxContextSupport.subscribeAndAwait(spellings::complete);

        // Then
        given().auth()
                .oauth2(People.login("CAFE\u0301" + domain, People.PASSWORD).accessToken())
                .get("/v1/auth/user_info")
                .then()
                .body("sub", is(first.id().toString()));
    }

    private static void older(People.Person person, String email) throws SQLException {
        try (Connection database = TestDatabase.ofApplicationAsOwner();
                PreparedStatement update = database.prepareStatement(
                        "update \"user\" set email = ?, email_canonical = lower(?) where id = ?")) {
            update.setString(1, email);
            update.setString(2, email);
            update.setObject(3, person.id());
            update.executeUpdate();
        }
    }
}
