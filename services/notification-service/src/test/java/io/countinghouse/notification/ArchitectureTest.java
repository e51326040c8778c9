package io.countinghouse.notification;

import io.countinghouse.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
