package io.countinghouse.notification;

import io.countinghouse.testing.MovableClock;
import jakarta.enterprise.context.ApplicationScoped;

/** The time of the application under test. */
@ApplicationScoped
public class TestClock extends MovableClock {}
