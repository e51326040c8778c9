package io.countinghouse.auditlog;

import io.countinghouse.testing.OperationCoverage;

class OperationCoverageTest extends OperationCoverage {}
