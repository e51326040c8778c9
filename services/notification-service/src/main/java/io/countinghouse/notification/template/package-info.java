/**
 * Templates of the operator, in versions that never change. Rendering is strict: a variable that is not declared, or not
 * given, is an error and never an empty gap in somebody's mail; in HTML every value is escaped.
 */
package io.countinghouse.notification.template;
