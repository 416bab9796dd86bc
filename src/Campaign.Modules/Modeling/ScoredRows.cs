using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace Campaign.Modules.Modeling;

/// <summary>A finished run's rows as the threshold page counts them; all arrays have one entry a row.</summary>
/// <param name="Scores">Out of fold, 0 to 1.</param>
/// <param name="InSampleScores">By the final model that was trained on the row, 0 to 1.</param>
/// <param name="Affluent">The recorded class.</param>
/// <param name="HeldOut">Row numbers of customers held out of training altogether; empty where all took part.</param>
public sealed record ScoredRows(double[] Scores, double[] InSampleScores, bool[] Affluent, CustomerIndex Customers, int[] HeldOut)
{
    private ThresholdSteps? _steps;
    private double[]? _affluentScores;

    public static ScoredRows Of(OutOfFoldScores scores, RecordedCustomers recorded) => new(
        LogOdds.ToScores(scores.LogOdds),
        [.. scores.InSampleLogOdds.ToArray().Select(logOdds => LogOdds.ToScore(logOdds))],
        recorded.Affluent,
        CustomerIndex.Of(recorded.CustomerOfRow),
        scores.Folds.HeldOutRows());

    /// <summary>Every threshold with its exact counts; worked out when first asked for.</summary>
    public ThresholdSteps Steps => _steps ??= ThresholdSteps.Of(Scores, Affluent, Customers, InSampleScores);

    /// <summary>Rising.</summary>
    public double[] AffluentScores => _affluentScores ??= [.. Scores.Where((_, row) => Affluent[row]).Order()];

    /// <summary>
    /// The threshold that keeps a promise: by the affluents held out altogether where there are any (an exact promise), else by all out of
    /// fold (a tight one).
    /// </summary>
    public ThresholdOutcome ForRecall(double recall, double confidence)
    {
        if (HeldOut.Length == 0)
        {
            return OperatingThreshold.ForRecall(AffluentScores, recall, confidence);
        }

        var outcome = OperatingThreshold.ForRecall([.. HeldOut.Where(row => Affluent[row]).Select(row => Scores[row])], recall, confidence);
        return outcome is ThresholdOutcome.Promised promised ? promised with { Promise = promised.Promise with { Kind = PromiseKind.Exact } } : outcome;
    }

    /// <summary>
    /// The hidden affluents: the rows of recorded normals at or above the threshold, the highest first (ties in the file's order), a customer
    /// once, and none that another row records as affluent. Row numbers from 0.
    /// </summary>
    public int[] HiddenAffluents(OperatingThreshold threshold)
    {
        var left = Customers.WithAffluentRow(Affluent);
        var candidates = Enumerable.Range(0, Scores.Length)
            .Where(row => threshold.Selects(Scores[row]) && !left[Customers.Customers[row]])
            .OrderByDescending(row => Scores[row]);
        var rows = new List<int>();
        foreach (var row in candidates.ToList())
        {
            var customer = Customers.Customers[row];
            if (!left[customer])
            {
                left[customer] = true;
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}

/// <summary>Opens the rows of finished runs. Runs never change, so the rows of those looked at lately are kept.</summary>
public sealed class ScoredRowsReader(ModelRunCatalog runs, DatasetCatalog datasets, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    public async Task<ScoredRows> ReadAsync(ModelRunSummary run, CancellationToken cancellation)
    {
        if (cache.TryGetValue<ScoredRows>((typeof(ScoredRows), run.Id), out var kept) && kept is not null)
        {
            return kept;
        }

        using var table = datasets.OpenColumns(run.DatasetId);
        var recorded = DatasetCatalog.ReadCustomers(table, await runs.ReadColumnsAsync(run.Id, cancellation));
        var rows = ScoredRows.Of(runs.LoadScores(run.Id), recorded);
        return cache.Set((typeof(ScoredRows), run.Id), rows, new MemoryCacheEntryOptions { SlidingExpiration = KeptFor });
    }
}
