package io.countinghouse.auditlog;

import io.countinghouse.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
