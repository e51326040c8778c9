package io.countinghouse.ai.forecast;

/**
 * A slope and a season, fitted together by least squares: within each place of the season the values are set against
 * time, so that a line with a season is found exactly and neither takes the other's part.
 *
 * @param slope per value
 * @param level at time 0, for each place of the season
 * @param middle mean time
 * @param spread sum of the squared distances in time from each place's own mean
 */
record Shape(double slope, double[] level, double middle, double spread) {

    static Shape of(double[] y, int season) {
        int[] count = new int[season];
        double[] time = new double[season];
        double[] mean = new double[season];
        for (int t = 0; t < y.length; t++) {
            count[t % season]++;
            time[t % season] += t;
            mean[t % season] += y[t];
        }
        for (int place = 0; place < season; place++) {
            time[place] /= count[place];
            mean[place] /= count[place];
        }
        double spread = 0;
        double product = 0;
        for (int t = 0; t < y.length; t++) {
            double away = t - time[t % season];
            spread += away * away;
            product += away * (y[t] - mean[t % season]);
        }
        double slope = spread == 0 ? 0 : product / spread;
        double[] level = new double[season];
        for (int place = 0; place < season; place++) {
            level[place] = mean[place] - slope * time[place];
        }
        return new Shape(slope, level, (y.length - 1) / 2.0, spread);
    }

    /** What each place of the season adds to the mean of all. */
    double[] season() {
        double mean = 0;
        for (double each : level) {
            mean += each / level.length;
        }
        double[] season = new double[level.length];
        for (int place = 0; place < level.length; place++) {
            season[place] = level[place] - mean;
        }
        return season;
    }
}
