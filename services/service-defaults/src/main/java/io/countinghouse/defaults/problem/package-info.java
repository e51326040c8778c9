/**
 * Every error answer of every service: RFC 9457 problems with a stable type, a detail that quotes the value and the
 * rule, and one entry per wrong field. Nothing else in the code writes an error body.
 */
package io.countinghouse.defaults.problem;
