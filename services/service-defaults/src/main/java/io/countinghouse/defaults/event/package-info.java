/**
 * Events between services. The sender writes to its outbox in the transaction of the change; a dispatcher delivers over
 * HTTP as CloudEvents until the receiver has taken it; the receiver's inbox drops repetitions in the transaction of the
 * effect. A dead receiver delays and never loses; what nobody can take becomes a dead letter that an operator sees.
 */
package io.countinghouse.defaults.event;
