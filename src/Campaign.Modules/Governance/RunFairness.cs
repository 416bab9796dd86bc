using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.Governance;

/// <summary>The groups of one sensitive column at the threshold in force.</summary>
/// <param name="IsTrainedOn">Did the models learn from it?</param>
public sealed record ColumnFairness(string Column, bool IsTrainedOn, FairnessTable Table);

/// <summary>A run's fairness at the threshold in force, by row and recorded class, against the limits in force. Never a customer's row.</summary>
/// <param name="Columns">The sensitive columns that hold numbers, dates or categories, in the file's order of roles; those of free text have no groups.</param>
public sealed record RunFairness(OperatingThreshold Threshold, FairnessLimitsInForce Limits, IReadOnlyList<ColumnFairness> Columns)
{
    /// <param name="selected">At or above the threshold, one a row.</param>
    public static RunFairness Of(
        OperatingThreshold threshold, FairnessLimitsInForce limits, ColumnTable table, ColumnRoles roles, ReadOnlySpan<bool> affluent, ReadOnlySpan<bool> selected)
    {
        List<ColumnFairness> columns = [];
        foreach (var column in roles.Sensitive)
        {
            if (table.IndexOf(column) is var position && position >= 0 && table.Columns[position].Kind != ColumnKind.Text)
            {
                columns.Add(new ColumnFairness(
                    column, roles.Features.Contains(column), FairnessTable.Of(GroupMetrics.ByColumn(table, column, affluent, selected), limits.Limits)));
            }
        }

        return new RunFairness(threshold, limits, columns);
    }

    /// <summary>What each column was for when the run was trained; but what is sensitive is what is called so now.</summary>
    internal static async Task<ColumnRoles> RolesAsync(ModelRunCatalog runs, Guid runId, DatasetSummary dataset, CancellationToken cancellation) =>
        await runs.ReadColumnsAsync(runId, cancellation) with { Sensitive = dataset.Roles.Sensitive };
}

/// <summary>Looks a run's fairness up.</summary>
public sealed class RunFairnessReader(ModelRunCatalog runs, DatasetCatalog datasets, FairnessPolicies policies)
{
    /// <param name="run">Finished, with a threshold.</param>
    /// <exception cref="RefusedException">The run's file was deleted.</exception>
    public async Task<RunFairness> ReadAsync(ModelRunSummary run, CancellationToken cancellation = default)
    {
        var threshold = run.Threshold ?? throw new InvalidOperationException($"Run {run.Id} has no threshold.");
        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new InvalidOperationException($"Run {run.Id} names a dataset that is not there.");
        using var table = datasets.OpenColumns(run.DatasetId);
        var roles = await RunFairness.RolesAsync(runs, run.Id, dataset, cancellation);
        var affluent = DatasetCatalog.ReadCustomers(table, roles).Affluent;
        var selected = Array.ConvertAll(LogOdds.ToScores(runs.LoadScores(run.Id).LogOdds), threshold.Selects);
        return RunFairness.Of(threshold, await policies.InForceAsync(cancellation), table, roles, affluent, selected);
    }
}
