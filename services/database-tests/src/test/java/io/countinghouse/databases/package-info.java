/**
 * A packaged service and the operations program, as processes with nothing but their environment, against servers as others run
 * them: older ones, one that wants TLS, one behind a pooler, one whose primary dies.
 */
package io.countinghouse.databases;
