package io.countinghouse.notification.template;

/**
 * What a template says about certain values.
 *
 * @param html null for a plain text message
 */
public record RenderedMessage(
        String template, int version, Category category, String subject, String text, String html) {}
