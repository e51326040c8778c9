/**
 * The PDF of an invoice for the one a mail goes to: attached to it, and behind a link in it that needs no login. The link is
 * signed here, ends after a while and opens this one document; invoice-service makes the document each time.
 */
package io.countinghouse.notification.document;
