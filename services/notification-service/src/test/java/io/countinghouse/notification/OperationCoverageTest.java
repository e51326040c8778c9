package io.countinghouse.notification;

import io.countinghouse.testing.OperationCoverage;

class OperationCoverageTest extends OperationCoverage {}
