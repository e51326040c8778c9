package io.countinghouse.defaults.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {

    @Test
    void aDatabaseThatLetsNobodyInIsAnotherTimesMatter() {
        assertThat(Stream.of("08006", "28P01", "53300", "57P01", "57P03"))
                .allMatch(state -> ProblemMappers.isTurnedAway(new PgException("refused", "FATAL", state, null)))
                .allMatch(state -> ProblemMappers.isTurnedAway(new SQLException("refused", state)));
    }

    @Test
    void whatTheRequestOrTheServiceDidWrongIsNot() {
        assertThat(Stream.of("22003", "23505", "42P01", "57014"))
                .noneMatch(state -> ProblemMappers.isTurnedAway(new PgException("refused", "ERROR", state, null)));
        assertThat(ProblemMappers.isTurnedAway(new SQLException("without a state")))
                .isFalse();
        assertThat(ProblemMappers.isTurnedAway(new IllegalStateException())).isFalse();
    }
}
