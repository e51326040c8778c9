package io.countinghouse.operations.backup;

/**
 * A file of a backup.
 *
 * @param path below the backup, with slashes
 * @param sha256 in hexadecimal digits
 */
record StoredFile(String path, long size, String sha256) {}
