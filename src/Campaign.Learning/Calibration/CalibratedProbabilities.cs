namespace Campaign.Learning.Calibration;

/// <summary>
/// The probability of being recorded affluent, one a row, each by a map that was fitted without the row's customer; and the map of all rows,
/// for new files.
/// </summary>
/// <remarks>
/// The maps are fitted on out-of-fold log-odds of the other folds, and the models that made those have seen the row's own class among
/// thousands, as in every cross-fitting of two stages; no map has seen it. Where repeats are averaged, the folds of one repeat deal the maps.
/// </remarks>
/// <param name="Probabilities">Above 0 and below 1, one a row. Rising with the log-odds within a fold, not across folds: it does not rank.</param>
/// <param name="Map">Fitted on all rows. On those rows themselves it would flatter.</param>
public sealed record CalibratedProbabilities(double[] Probabilities, CalibrationMap Map)
{
    /// <param name="logOdds">Out of fold, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="folds">Those of the scores: all rows of a customer in one fold.</param>
    /// <param name="repeat">Whose folds deal the maps.</param>
    /// <exception cref="ArgumentException">The lengths differ, or log-odds are no finite number.</exception>
    public static CalibratedProbabilities CrossFit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent, CustomerFolds folds, int repeat = 0)
    {
        CalibrationMap.Require(logOdds, affluent);
        if (folds.RowCount != logOdds.Length)
        {
            throw new ArgumentException($"{logOdds.Length} log-odds but folds of {folds.RowCount} rows.");
        }

        var probabilities = new double[logOdds.Length];
        for (var fold = 0; fold < folds.FoldCount; fold++)
        {
            var others = folds.Rows(repeat, fold, inFold: false);
            var otherLogOdds = new double[others.Length];
            var otherAffluent = new bool[others.Length];
            for (var i = 0; i < others.Length; i++)
            {
                (otherLogOdds[i], otherAffluent[i]) = (logOdds[others[i]], affluent[others[i]]);
            }

            var map = CalibrationMap.Fit(otherLogOdds, otherAffluent);
            foreach (var row in folds.Rows(repeat, fold, inFold: true))
            {
                probabilities[row] = map.Probability(logOdds[row]);
            }
        }

        return new CalibratedProbabilities(probabilities, CalibrationMap.Fit(logOdds, affluent));
    }
}
