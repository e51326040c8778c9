package io.countinghouse.auth;

import io.countinghouse.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
