/**
 * The whole system on one machine, for trying it and for the system tests: embedded PostgreSQL, the seven packaged
 * services as processes, one origin in front of them, and a mailbox. {@link io.countinghouse.stack.LocalStack} is the
 * page to read. Nothing here is part of a production installation.
 */
package io.countinghouse.stack;
