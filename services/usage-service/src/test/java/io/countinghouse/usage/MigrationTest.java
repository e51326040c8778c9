package io.countinghouse.usage;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
