package io.countinghouse.notification.message;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An attempt to deliver a message.
 *
 * @param outcome delivered, retry or failed
 * @param status what the SMTP server or the endpoint answered; null without an answer
 */
@RegisterForReflection
record AttemptView(int number, Instant startedAt, Instant finishedAt, String outcome, Integer status, String detail) {}
