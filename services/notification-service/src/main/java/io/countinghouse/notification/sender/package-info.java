/** In whose name messages are written: the seller's, which is the one that customers know. */
package io.countinghouse.notification.sender;
