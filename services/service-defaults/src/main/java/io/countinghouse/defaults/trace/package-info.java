/** Which requests leave as OpenTelemetry spans. */
package io.countinghouse.defaults.trace;
