package io.countinghouse.auth;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
