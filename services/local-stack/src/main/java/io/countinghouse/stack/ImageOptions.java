package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of the services' JVM in their images, read where the build says them. */
public final class ImageOptions {

    private static final Pattern ENTRYPOINT = Pattern.compile("<entrypoint>(.*?)</entrypoint>", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("<arg>(-[^<]+)</arg>");

    private ImageOptions() {}

    /**
     * As in a container with this limit. A process without one is told of the limit; all else is the image's, but for the
     * cache of classes, which is made with an image.
     *
     * @param home the repository
     */
    public static List<String> of(Path home, int limitMib) {
        List<String> options = new ArrayList<>(List.of("-XX:MaxRAM=" + limitMib + "m"));
        try {
            Matcher entrypoint = ENTRYPOINT.matcher(Files.readString(home.resolve("pom.xml")));
            if (!entrypoint.find()) {
                throw new OperationException("pom.xml names no entrypoint of the images");
            }
            OPTION.matcher(entrypoint.group(1))
                    .results()
                    .map(option -> option.group(1))
                    .filter(option -> !option.equals("-jar"))
                    .filter(option -> !option.startsWith("-XX:AOT") && !option.startsWith("-Xlog:"))
                    .forEach(options::add);
        } catch (IOException e) {
            throw new OperationException("pom.xml cannot be read: " + e.getMessage(), e);
        }
        return options;
    }
}
