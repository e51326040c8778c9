/** What libraries say besides the log, or say to it without need: made a line of the log, or left out. */
package io.countinghouse.defaults.log;
