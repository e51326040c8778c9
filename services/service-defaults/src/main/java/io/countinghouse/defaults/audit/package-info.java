/** The way of every service into the audit log. */
package io.countinghouse.defaults.audit;
