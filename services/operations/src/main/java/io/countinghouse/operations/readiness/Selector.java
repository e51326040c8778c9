package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;

/** Kubernetes' label selectors: all of matchLabels and matchExpressions; an empty one selects everything. */
final class Selector {

    private Selector() {}

    static boolean selects(JsonNode selector, JsonNode labels) {
        for (var wanted : selector.path("matchLabels").properties()) {
            if (!labels.path(wanted.getKey()).asText().equals(wanted.getValue().asText())) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            JsonNode value = labels.path(expression.path("key").asText());
            boolean listed = false;
            for (JsonNode each : expression.path("values")) {
                listed |= !value.isMissingNode() && each.asText().equals(value.asText());
            }
            boolean holds = switch (expression.path("operator").asText()) {
                case "In" -> listed;
                case "NotIn" -> !listed;
                case "Exists" -> !value.isMissingNode();
                case "DoesNotExist" -> value.isMissingNode();
                default -> false;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
