package io.countinghouse.ai;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
