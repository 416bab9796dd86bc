using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Segments.Contracts;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Suppression;
using Microsoft.Extensions.Caching.Memory;

namespace Campaign.Modules.TargetLists;

/// <summary>What a list is built from, and which segments and other lists that rests on.</summary>
/// <param name="Segments">Those that the definition names, in its order.</param>
public sealed record ListInputs(
    TargetListInputs Inputs, IReadOnlyList<SegmentSummary> Segments, IReadOnlyList<AppliedSuppression> Suppressions, IReadOnlyList<EarlierList> EarlierLists);

/// <summary>
/// Gathers what a list is built from, for the job that builds it and for the page that shows beforehand what it would be. A run's scores
/// never change, so those of runs looked at lately are kept.
/// </summary>
public sealed class ListInputsReader(
    ModelRunCatalog runs, SegmentCatalog segments, SuppressionRegister suppression, ContactPolicies policies, EarlierContacts contacts, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <param name="table">The run's dataset.</param>
    /// <param name="utc">The moment that consent, suppression and earlier contacts are looked at.</param>
    /// <param name="listId">The list that is built, which is no earlier list to itself; null for one that is not saved yet.</param>
    /// <exception cref="RefusedException">The file lacks a column that the definition names, or what is known against contacts can't be read.</exception>
    public async Task<ListInputs> ReadAsync(
        ModelRunSummary run, DatasetSummary dataset, ColumnTable table, OperatingThreshold threshold, ListDefinition definition, DateTime utc, Guid? listId,
        CancellationToken cancellation)
    {
        var scored = await ScoredAsync(run, table, threshold, cancellation);
        var chosen = await segments.FindAsync(definition.SegmentIds, cancellation);
        var suppressed = await suppression.SuppressedAsync(utc, cancellation);
        var caps = (await policies.InForceAsync(cancellation)).Caps;
        var earlier = await contacts.ReadAsync(utc, caps, listId, cancellation);
        var inputs = new TargetListInputs(scored.Scores, scored.SelectedRepeats, scored.RepeatCount, scored.Customers, dataset.RejectedRowCount, threshold, definition)
        {
            Gates = RowGates.Read(table, definition, [.. chosen.Select(one => (one.Name, one.Rule.Matches(table)))], DateOnly.FromDateTime(utc)),
            Suppressed = suppressed.Lists.Count > 0 ? suppressed.Ids : null,
            AtCap = earlier.AtCap(caps),
            InOtherControl = earlier.RunningControl,
        };
        return new(inputs, chosen, suppressed.Lists, earlier.Lists);
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
