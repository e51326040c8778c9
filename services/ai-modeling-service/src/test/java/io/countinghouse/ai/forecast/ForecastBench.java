package io.countinghouse.ai.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How wrong forecasts are beside those of seasonal naive, and how many of the values that came lie in the 95 % interval: on
 * generated series (each run has a seed of its own, so a line is the same each time) and on a trace of requests.
 */
public final class ForecastBench {

    static final int LEVEL = 95;
    private static final int RUNS = 150;
    private static final double[] WEEK = {100, 110, 105, 108, 95, 40, 35};

    /**
     * What is known, and what comes.
     *
     * @param season of the yardstick: what came one season before comes again
     */
    record Case(double[] history, double[] future, List<Integer> seasons, int season) {}

    /** What was measured over the runs of one line. */
    record Result(
            String name,
            int runs,
            int horizon,
            double error,
            double naive,
            double coverage,
            double total,
            String method) {

        /** Below 1 is better than seasonal naive. */
        double share() {
            return naive == 0 ? (error == 0 ? 1 : Double.POSITIVE_INFINITY) : error / naive;
        }
    }

    private ForecastBench() {}

    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%-44s %4s %4s %10s %10s %6s %8s %8s  %s%n",
                "series", "runs", "h", "MAE", "s-naive", "ratio", "in 95 %", "total in", "method, most often");
        generated().forEach(ForecastBench::print);
        for (String trace : arguments) {
            ofTrace(Path.of(trace)).forEach(ForecastBench::print);
        }
    }

    private static void print(Result result) {
        System.out.printf(
                "%-44s %4d %4d %10.2f %10.2f %6.2f %7.1f%% %7.1f%%  %s%n",
                result.name(),
                result.runs(),
                result.horizon(),
                result.error(),
                result.naive(),
                result.share(),
                result.coverage() * 100,
                result.total() * 100,
                result.method());
    }

    static Stream<Result> generated() {
        return Stream.of(
                        hours("F01 hours with weekends, a day ahead", 14, 24),
                        hours("F01 hours with weekends, a week ahead", 14, 168),
                        hours("hours with weekends, 28 days, a week ahead", 28, 168),
                        hours("hours with weekends, 10 days, a day ahead", 10, 24),
                        hours("hours, 3 days, a day ahead", 3, 24),
                        week("F02 seven days of a week", 7),
                        week("F03 ten days of a week", 10),
                        days("F04 level, 14 days", 14, 0, 0, 10),
                        days("F04 level, 21 days", 21, 0, 0, 10),
                        days("F04 level, 28 days", 28, 0, 0, 10),
                        days("F04 weeks, 14 days", 14, 1, 0, 10),
                        days("F04 weeks, 21 days", 21, 1, 0, 10),
                        days("F04 weeks, 28 days", 28, 1, 0, 10),
                        days("F04 weeks and trend, 14 days", 14, 1, 2, 10),
                        days("F04 weeks and trend, 21 days", 21, 1, 2, 10),
                        days("F04 weeks and trend, 28 days", 28, 1, 2, 10),
                        days("weeks and trend, 91 days", 91, 1, 2, 10),
                        days("level, 91 days", 91, 0, 0, 10),
                        days("steep trend, 20 days", 20, 0, 20, 10),
                        days("weeks without noise, 15 days", 15, 1, 0, 0),
                        walk("random walk, 14 days", 14),
                        walk("random walk, 28 days", 28),
                        walk("random walk, 91 days", 91),
                        growth("growth by 2 % a day with weeks, 28 days", 28),
                        short4("F05 four rising values"),
                        one("F06 constant", run -> constant(42)),
                        one("F06 zeros", run -> constant(0)),
                        one("F07 weekdays only", ForecastBench::weekdays),
                        one("F07 a month without use", ForecastBench::gap),
                        one("rare uses", ForecastBench::rare),
                        one("F09 negative sums", ForecastBench::negative),
                        one("F10 a spike on the last day", run -> spike(run, 34, 3500)),
                        one("F11 an outlier on the first day", run -> spike(run, 0, 9000)),
                        one("F12 nothing for a month after use", ForecastBench::ended))
                .map(ForecastBench::measure);
    }

    /** Requests and tokens of a trace (time, context tokens, generated tokens), by minute and by ten seconds. */
    private static Stream<Result> ofTrace(Path file) throws IOException {
        return Stream.of(
                        trace(file, Duration.ofSeconds(60), 10, 0, "requests by minute"),
                        trace(file, Duration.ofSeconds(60), 10, 1, "context tokens by minute"),
                        trace(file, Duration.ofSeconds(10), 30, 0, "requests by 10 s"),
                        trace(file, Duration.ofSeconds(10), 30, 1, "context tokens by 10 s"))
                .map(ForecastBench::measure);
    }

    record Line(String name, int runs, IntFunction<Case> make) {}

    static Result measure(Line line) {
        double error = 0;
        double naive = 0;
        long inside = 0;
        long values = 0;
        int totals = 0;
        int horizon = 0;
        Map<String, Integer> methods = new TreeMap<>();
        for (int run = 0; run < line.runs(); run++) {
            Case each = line.make().apply(run);
            horizon = each.future().length;
            Forecast forecast = Forecast.of(each.history(), each.seasons(), horizon, LEVEL, false);
            methods.merge(forecast.method() + " " + forecast.seasonLength(), 1, Integer::sum);
            int n = each.history().length;
            int season = Math.min(each.season(), n);
            double came = 0;
            for (int h = 0; h < horizon; h++) {
                double value = each.future()[h];
                Forecast.Step step = forecast.steps().get(h);
                came += value;
                error += Math.abs(value - step.value());
                naive += Math.abs(value - each.history()[n - season + h % season]);
                inside += isIn(value, step) ? 1 : 0;
                values++;
            }
            totals += isIn(came, forecast.total()) ? 1 : 0;
        }
        return new Result(
                line.name(),
                line.runs(),
                horizon,
                error / values,
                naive / values,
                (double) inside / values,
                (double) totals / line.runs(),
                methods.entrySet().stream()
                        .max(Comparator.comparingInt(Map.Entry::getValue))
                        .orElseThrow()
                        .getKey());
    }

    private static boolean isIn(double value, Forecast.Step step) {
        return value >= step.lower() - 1e-9 && value <= step.upper() + 1e-9;
    }

    private static Line one(String name, IntFunction<Case> make) {
        return new Line(name, RUNS, make);
    }

    /** Days of people at work, a tenth of it on the weekend; begins on a Monday. */
    static Line hours(String name, int days, int horizon) {
        return new Line(name, 30, run -> {
            Random random = new Random(1000 + run);
            double[] all = IntStream.range(0, days * 24 + horizon)
                    .mapToDouble(t -> {
                        boolean weekend = t / 24 % 7 >= 5;
                        double use = 30 - 28 * Math.cos(2 * Math.PI * (t % 24) / 24);
                        return Math.max(0, (weekend ? 0.1 : 1) * use + random.nextGaussian());
                    })
                    .toArray();
            return cut(all, horizon, List.of(24, 168), 168);
        });
    }

    static Line week(String name, int days) {
        return one(name, run -> {
            Random random = new Random(2000 + run);
            return cut(
                    IntStream.range(0, days + 7)
                            .mapToDouble(t -> WEEK[t % 7] + 2 * random.nextGaussian())
                            .toArray(),
                    7,
                    List.of(7),
                    7);
        });
    }

    static Line days(String name, int days, double season, double trend, double noise) {
        return one(name, run -> {
            Random random = new Random(3000 + run);
            return cut(
                    IntStream.range(0, days + 7)
                            .mapToDouble(t -> 200 + season * WEEK[t % 7] + trend * t + noise * random.nextGaussian())
                            .toArray(),
                    7,
                    List.of(7),
                    7);
        });
    }

    static Line walk(String name, int days) {
        return one(name, run -> {
            Random random = new Random(4000 + run);
            double[] all = new double[days + 7];
            all[0] = 1000;
            for (int t = 1; t < all.length; t++) {
                all[t] = all[t - 1] + 10 * random.nextGaussian();
            }
            return cut(all, 7, List.of(7), 7);
        });
    }

    static Line growth(String name, int days) {
        return one(name, run -> {
            Random random = new Random(5000 + run);
            return cut(
                    IntStream.range(0, days + 7)
                            .mapToDouble(t -> WEEK[t % 7] * Math.pow(1.02, t) * (1 + 0.05 * random.nextGaussian()))
                            .toArray(),
                    7,
                    List.of(7),
                    7);
        });
    }

    private static Line short4(String name) {
        return new Line(
                name, 1, run -> new Case(new double[] {10, 20, 30, 40}, new double[] {50, 60, 70}, List.of(7), 1));
    }

    private static Case constant(double value) {
        double[] all = new double[35];
        Arrays.fill(all, value);
        return cut(all, 7, List.of(7), 7);
    }

    private static Case weekdays(int run) {
        Random random = new Random(6000 + run);
        return cut(
                IntStream.range(0, 42)
                        .mapToDouble(t -> t % 7 >= 5 ? 0 : Math.max(0, 100 + 10 * random.nextGaussian()))
                        .toArray(),
                7,
                List.of(7),
                7);
    }

    private static Case gap(int run) {
        Random random = new Random(7000 + run);
        return cut(
                IntStream.range(0, 91)
                        .mapToDouble(t -> t >= 28 && t < 58 ? 0 : WEEK[t % 7] + 3 * random.nextGaussian())
                        .toArray(),
                7,
                List.of(7),
                7);
    }

    private static Case rare(int run) {
        Random random = new Random(8000 + run);
        return cut(
                IntStream.range(0, 98)
                        .mapToDouble(t -> random.nextDouble() < 0.15 ? 5 + random.nextInt(10) : 0)
                        .toArray(),
                7,
                List.of(7),
                7);
    }

    private static Case negative(int run) {
        Random random = new Random(9000 + run);
        return cut(
                IntStream.range(0, 35).mapToDouble(t -> -10 - random.nextInt(4)).toArray(), 7, List.of(7), 7);
    }

    private static Case spike(int run, int day, double height) {
        Random random = new Random(10_000 + run);
        double[] all = IntStream.range(0, 42)
                .mapToDouble(t -> WEEK[t % 7] + 3 * random.nextGaussian())
                .toArray();
        all[day] = height;
        return cut(all, 7, List.of(7), 7);
    }

    private static Case ended(int run) {
        Random random = new Random(11_000 + run);
        return cut(
                IntStream.range(0, 65)
                        .mapToDouble(t -> t < 28 ? WEEK[t % 7] + 3 * random.nextGaussian() : 0)
                        .toArray(),
                7,
                List.of(7),
                7);
    }

    private static Line trace(Path file, Duration window, int horizon, int column, String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        LocalDateTime begin = timeOf(lines.get(1));
        LocalDateTime end = timeOf(lines.getLast());
        double[] all = new double[(int) (Duration.between(begin, end).toMillis() / window.toMillis())];
        for (String line : lines.subList(1, lines.size())) {
            int place = (int) (Duration.between(begin, timeOf(line)).toMillis() / window.toMillis());
            if (place < all.length) {
                all[place] += column == 0 ? 1 : Double.parseDouble(line.split(",")[column]);
            }
        }
        int runs = (all.length - horizon) / 2 / horizon;
        // Each run ends a horizon earlier than the one before.
        return new Line(
                "trace: " + name,
                runs,
                run -> cut(Arrays.copyOf(all, all.length - run * horizon), horizon, List.of(6), 6));
    }

    private static LocalDateTime timeOf(String line) {
        return LocalDateTime.parse(line.split(",")[0].replace(' ', 'T'));
    }

    private static Case cut(double[] all, int horizon, List<Integer> seasons, int season) {
        int n = all.length - horizon;
        return new Case(Arrays.copyOf(all, n), Arrays.copyOfRange(all, n, all.length), seasons, season);
    }
}
