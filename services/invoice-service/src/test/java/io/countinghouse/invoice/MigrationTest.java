package io.countinghouse.invoice;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
