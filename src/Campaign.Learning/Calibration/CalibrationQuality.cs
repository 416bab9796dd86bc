using Campaign.Learning.Metrics;

namespace Campaign.Learning.Calibration;

/// <summary>Rows whose probabilities are alike.</summary>
/// <param name="Low">Lowest probability in the bin.</param>
/// <param name="High">Highest.</param>
/// <param name="MeanPredicted">Mean probability.</param>
/// <param name="Observed">Recorded affluent rows of the bin's rows.</param>
/// <param name="Interval">Wilson's, of the observed share: rows are taken as independent.</param>
public sealed record ReliabilityBin(double Low, double High, double MeanPredicted, Rate Observed, WilsonInterval Interval);

/// <summary>How far probabilities say what is then observed.</summary>
/// <param name="Brier">Mean of (probability - class)², 0 to 1, lower is better (Brier 1950).</param>
/// <param name="LogLoss">Mean of -ln of the probability of the recorded class, natural logarithm; infinite where a class had probability 0.</param>
/// <param name="ExpectedCalibrationError">
/// Mean over the rows of |observed share - mean probability| of their bin, 0 to 1. Never quite 0 by chance alone: about 0.8 x the observed
/// share's standard error in a bin.
/// </param>
/// <param name="Bins">By rising probability, alike many rows as far as equal probabilities stay together.</param>
public sealed record CalibrationQuality(double Brier, double LogLoss, double ExpectedCalibrationError, IReadOnlyList<ReliabilityBin> Bins)
{
    public const int BinCount = 10;

    /// <param name="probabilities">0 to 1, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <exception cref="ArgumentException">The spans differ in length or are empty, or a probability is not 0 to 1.</exception>
    public static CalibrationQuality Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> affluent)
    {
        if (probabilities.Length != affluent.Length || affluent.Length == 0)
        {
            throw new ArgumentException($"{probabilities.Length} probabilities but {affluent.Length} classes.");
        }

        var sorted = probabilities.ToArray();
        var classes = affluent.ToArray();
        if (!Array.TrueForAll(sorted, probability => probability is >= 0 and <= 1))
        {
            throw new ArgumentException("A probability is not between 0 and 1.");
        }

        Array.Sort(sorted, classes);
        double brier = 0, logLoss = 0, error = 0;
        for (var row = 0; row < sorted.Length; row++)
        {
            var miss = classes[row] ? 1 - sorted[row] : sorted[row];
            brier += miss * miss;
            logLoss -= Math.Log(classes[row] ? sorted[row] : 1 - sorted[row]);
        }

        var bins = new List<ReliabilityBin>();
        for (int bin = 0, start = 0; bin < BinCount; bin++)
        {
            var end = Math.Max(start, (int)((long)sorted.Length * (bin + 1) / BinCount));
            while (end > start && end < sorted.Length && sorted[end] == sorted[end - 1])
            {
                end++;
            }

            if (end > start)
            {
                bins.Add(Bin(sorted.AsSpan(start, end - start), classes.AsSpan(start, end - start)));
                error += Math.Abs(bins[^1].Observed.Share - bins[^1].MeanPredicted) * (end - start);
                start = end;
            }
        }

        return new CalibrationQuality(brier / sorted.Length, logLoss / sorted.Length, error / sorted.Length, bins);
    }

    private static ReliabilityBin Bin(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> affluent)
    {
        double sum = 0;
        foreach (var probability in probabilities)
        {
            sum += probability;
        }

        var observed = new Rate(affluent.Count(true), affluent.Length);
        return new ReliabilityBin(probabilities[0], probabilities[^1], sum / probabilities.Length, observed, WilsonInterval.Of(observed));
    }
}
