package io.countinghouse.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {

    private static final int OFFSET = 20_000;

    @TempDir
    Path folder;

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            StackConfig config = new StackConfig(folder, folder, taken.getLocalPort(), OFFSET);

            assertThatThrownBy(() -> LocalStack.start(config, silent()))
                    .isInstanceOf(OperationException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " for the origin")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void aSecondStackOnTheSameDataIsRefused() throws IOException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            StackConfig config = new StackConfig(folder, folder, 28_080, OFFSET);

            assertThatThrownBy(() -> LocalStack.start(config, silent()))
                    .isInstanceOf(OperationException.class)
                    .hasMessageContaining("another stack runs on " + folder);
        }
    }

    private static Progress silent() {
        return new Progress(new PrintStream(PrintStream.nullOutputStream()));
    }
}
