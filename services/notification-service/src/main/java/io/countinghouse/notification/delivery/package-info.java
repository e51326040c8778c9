/**
 * Delivers what is queued: claims it for a while, hands it to SMTP or to the endpoint, and writes down what came of it. A
 * crash between two of these steps delivers again after the lease; receivers recognise the second by its Message-ID or
 * {@code webhook-id}, which are made of the message's id.
 */
package io.countinghouse.notification.delivery;
