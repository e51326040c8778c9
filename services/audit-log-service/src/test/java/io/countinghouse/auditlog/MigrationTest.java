package io.countinghouse.auditlog;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
