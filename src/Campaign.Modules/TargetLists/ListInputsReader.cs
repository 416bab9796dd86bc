using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Gathers what a list is built from, for the job that builds it and for the page that shows beforehand what it would be. A run's scores
/// never change, so those of runs looked at lately are kept.
/// </summary>
public sealed class ListInputsReader(ModelRunCatalog runs, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <param name="table">The run's dataset.</param>
    /// <param name="today">The day that consent must cover.</param>
    /// <exception cref="RefusedException">The file lacks a column that the definition names, or a segment was deleted.</exception>
    public async Task<TargetListInputs> ReadAsync(
        ModelRunSummary run, DatasetSummary dataset, ColumnTable table, OperatingThreshold threshold, ListDefinition definition, DateOnly today,
        CancellationToken cancellation)
    {
        var scored = await ScoredAsync(run, table, threshold, cancellation);
        return new TargetListInputs(scored.Scores, scored.SelectedRepeats, scored.RepeatCount, scored.Customers, dataset.RejectedRowCount, threshold, definition)
        {
            Gates = RowGates.Read(table, definition, [], today),
        };
    }

    private async Task<Scored> ScoredAsync(ModelRunSummary run, ColumnTable table, OperatingThreshold threshold, CancellationToken cancellation)
    {
        var key = (typeof(ListInputsReader), run.Id, threshold.Score);
        if (cache.TryGetValue<Scored>(key, out var kept) && kept is not null)
        {
            return kept;
        }

        var customers = DatasetCatalog.ReadCustomers(table, await runs.ReadColumnsAsync(run.Id, cancellation));
        var scores = runs.LoadScores(run.Id);
        return cache.Set(
            key, new Scored(LogOdds.ToScores(scores.LogOdds), SelectedRepeats(scores, threshold), scores.RepeatCount, customers),
            new MemoryCacheEntryOptions { SlidingExpiration = KeptFor });
    }

    /// <summary>In how many repeats of the folds each row is at or above the threshold.</summary>
    private static int[] SelectedRepeats(OutOfFoldScores scores, OperatingThreshold threshold)
    {
        var counts = new int[scores.RowCount];
        for (var repeat = 0; repeat < scores.RepeatCount; repeat++)
        {
            var logOdds = scores.OfRepeat(repeat);
            for (var row = 0; row < counts.Length; row++)
            {
                counts[row] += threshold.Selects(LogOdds.ToScore(logOdds[row])) ? 1 : 0;
            }
        }

        return counts;
    }

    private sealed record Scored(double[] Scores, int[] SelectedRepeats, int RepeatCount, RecordedCustomers Customers);
}
