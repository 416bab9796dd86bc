using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Candidates;

/// <summary>The list that keeps a recall promise: what candidates and trials are judged by.</summary>
/// <param name="ListSize">Recorded normal rows at or above the threshold.</param>
/// <param name="Recall">Recorded affluent rows at or above it, out of all.</param>
public sealed record PromisedList(int ListSize, Rate Recall)
{
    /// <returns>Null where no threshold keeps the promise.</returns>
    public static PromisedList? Of(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent, double recall, double confidence)
    {
        var known = new double[affluent.Count(true)];
        for (int row = 0, next = 0; row < affluent.Length; row++)
        {
            if (affluent[row])
            {
                known[next++] = logOdds[row];
            }
        }

        // Any rising scale has the same list: the threshold is one of the known affluents' own.
        if (OperatingThreshold.ForRecall(known, recall, confidence) is not ThresholdOutcome.Promised promised)
        {
            return null;
        }

        var listed = 0;
        for (var row = 0; row < affluent.Length; row++)
        {
            listed += !affluent[row] && promised.Threshold.Selects(logOdds[row]) ? 1 : 0;
        }

        return new PromisedList(listed, new Rate(promised.Promise.Kept, promised.Promise.KnownAffluent));
    }
}
