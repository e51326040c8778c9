package io.countinghouse.billing;

import io.countinghouse.testing.OperationCoverage;

class OperationCoverageTest extends OperationCoverage {}
