/**
 * Messages, from the moment somebody wants them sent: rendered once, kept with every attempt to deliver them, and shown to
 * the tenant they belong to. A message is queued, sent (handed over, outcome not known yet) and delivered, or failed when
 * all attempts were in vain; suppressed when its tenant does not want it.
 */
package io.countinghouse.notification.message;
