package io.countinghouse.defaults.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandardErrorTest {

    private static final String NAME = "of-the-test";

    private final List<String> logged = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();
    private final java.util.logging.Logger logger = java.util.logging.Logger.getLogger(NAME);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getThrown() != null) {
                thrown.add(record.getThrown());
            }
            logged.add(
                    record.getParameters() == null
                            ? record.getMessage()
                            : String.format(record.getMessage(), record.getParameters()));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private final StandardError.Lines error = new StandardError.Lines(Logger.getLogger(NAME));

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
    }

    @Test
    void aPrintedTraceIsOneLineWithoutItsMessages() {
        // When
        new IllegalStateException("of Ada Owner", new SQLException("row (Ada Owner)", "57P01")).printStackTrace(error);

        // Then
        assertThat(logged).containsExactly("printed to standard error: IllegalStateException, by SQLException 57P01");
    }

    @Test
    void whatIsNoAbsenceKeepsItsTraceAndLosesItsValues() {
        // Given
        NumberFormatException ofTheJvm = assertThrows(NumberFormatException.class, () -> Integer.parseInt("Ada Owner"));

        // When
        new IllegalStateException("a number is none", ofTheJvm).printStackTrace(error);

        // Then
        assertThat(logged).containsExactly("printed to standard error");
        assertThat(thrown)
                .singleElement()
                .satisfies(shown -> assertThat(shown.getStackTrace()).isNotEmpty());
        assertThat(thrown.getFirst().getCause()).hasMessage("java.lang.NumberFormatException");
    }

    @Test
    void aTextIsALine() {
        // When
        error.println("something else");

        // Then
        assertThat(logged).containsExactly("printed to standard error: something else");
    }
}
