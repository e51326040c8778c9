package io.countinghouse.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.auth.People;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RehashTest {

    /** "password" under m=65536, from the test suite of the reference implementation. */
    private static final String OTHER_PARAMETERS =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void aHashOfOtherParametersIsRenewedByALogin() throws SQLException {
        // Given
        People.Person owner = People.owner();
        execute("update \"user\" set password_hash = '%s' where id = '%s'".formatted(OTHER_PARAMETERS, owner.id()));

        // When
        People.tryLogin(owner.email(), "password").statusCode(200);

        // Then
        assertThat(hashOf(owner)).startsWith("$argon2id$v=19$m=1024,t=2,p=1$");
        People.tryLogin(owner.email(), "password").statusCode(200);
    }

    private static String hashOf(People.Person person) throws SQLException {
        try (Connection connection = TestDatabase.ofApplicationAsOwner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select password_hash from \"user\" where id = '%s'".formatted(person.id()))) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = TestDatabase.ofApplicationAsOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
