/**
 * What goes out to people and to other systems: e-mail by SMTP and signed webhooks. {@code template} renders, {@code message}
 * keeps what is to be delivered, {@code delivery} delivers it, {@code webhook} knows where tenants want to be called,
 * {@code document} opens the PDF of an invoice to whoever has the link of a mail, {@code sender} says who writes,
 * {@code preference} what tenants do not want to get, {@code contact} whom to write to, and {@code event} turns what happens
 * in the other services into messages.
 */
package io.countinghouse.notification;
