package io.countinghouse.notification;

import io.countinghouse.testing.MigrationContract;

class MigrationTest extends MigrationContract {}
