package io.countinghouse.billing;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
