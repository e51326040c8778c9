package io.countinghouse.defaults.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.countinghouse.defaults.database.ReadOnlyServerException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void aDatabaseThatLetsNobodyInIsAnotherTimesMatter() {
        assertThat(Stream.of("08006", "28P01", "53300", "57P01", "57P03", "55P03", "25006"))
                .allMatch(state -> Faults.isTurnedAway(new PgException("refused", "FATAL", state, null)))
                .allMatch(state -> Faults.isTurnedAway(new SQLException("refused", state)));
    }

    @Test
    void whatTheRequestOrTheServiceDidWrongIsNot() {
        assertThat(Stream.of("22003", "23505", "42P01", "57014"))
                .noneMatch(state -> Faults.isTurnedAway(new PgException("refused", "ERROR", state, null)));
        assertThat(Faults.isTurnedAway(new SQLException("without a state"))).isFalse();
        assertThat(Faults.isTurnedAway(new IllegalStateException())).isFalse();
    }

    @Test
    void anAbsenceIsFoundBelowWhatWrapsIt() {
        Throwable wrapped = new IllegalStateException(
                "could not execute", new SQLException("terminating connection", "57P01", new IOException("reset")));

        assertThat(Faults.isAbsence(wrapped)).isTrue();
        assertThat(Faults.isAbsence(new IllegalStateException("a fault of ours", new SQLException("x", "42P01"))))
                .isFalse();
    }

    @Test
    void whatIsNotAConnectionIsNotAway() {
        assertThat(Stream.of(
                        new JsonMappingException(null, "no serializer"),
                        new NoSuchFileException("template.html"),
                        new IOException("an invoice could not be rendered")))
                .noneMatch(Faults::isAbsence);
        assertThat(Stream.of(
                        new ConnectException("refused"),
                        new SocketException("Connection reset"),
                        new IOException("Connection reset by peer"),
                        new ClosedChannelException(),
                        // "Failed to read any response": how the driver says that a server vanished in the middle.
                        ClosedConnectionException.INSTANCE,
                        new ReadOnlyServerException()))
                .allMatch(Faults::isAbsence);
    }

    @Test
    void aLineNamesTypesAndCodesAndNoMessage() {
        Throwable failure = new IllegalStateException("of Ada Owner", new SQLException("row (Ada Owner)", "08006"));

        assertThat(Faults.line(failure)).isEqualTo("IllegalStateException, by SQLException 08006");
    }

    @Test
    void whatALibraryQuotesIsNotShownAndWhereItFailedIs() {
        Throwable quoting = catchThrowable(() -> Integer.parseInt("chs_secret"));

        StringWriter shown = new StringWriter();
        Faults.withoutValues(new IllegalStateException("a form cannot be read", quoting))
                .printStackTrace(new PrintWriter(shown));

        assertThat(quoting).hasMessageContaining("chs_secret");
        assertThat(shown)
                .asString()
                .contains("a form cannot be read", "NumberFormatException", "Integer.java")
                .doesNotContain("chs_secret");
    }

    @Test
    void anAbsenceIsFoundAlsoBesideTheFirstCause() {
        Throwable lost = new NoStackTraceThrowable("Connection is not active now, current status: CLOSED");

        assertThat(Faults.isAbsence(new CompositeException(new IllegalStateException("of the work"), lost)))
                .isTrue();
        assertThat(Faults.isAbsence(new CompositeException(lost, new IllegalStateException("of the rollback"))))
                .isTrue();
    }

    @Test
    void aProblemCarriesTheFailureThatItStandsFor() {
        Throwable failure = new IOException("reset");

        ProblemException problem = ProblemException.unavailable("usage-unavailable", "Away.", Duration.ofSeconds(1))
                .causedBy(failure);

        assertThat(problem).hasCause(failure);
        assertThat(Faults.line(problem)).isEqualTo("ProblemException usage-unavailable, by IOException");
    }
}
