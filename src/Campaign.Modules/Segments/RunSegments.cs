using System.Runtime.CompilerServices;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Segments;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.Extensions.Caching.Memory;

namespace Campaign.Modules.Segments;

/// <summary>A run's customers at its threshold, and its rows; both arrays have one entry a row.</summary>
/// <param name="Affluent">The recorded class.</param>
/// <param name="Selected">At or above the threshold.</param>
public sealed record RunCustomers(SegmentCustomers Customers, bool[] Affluent, bool[] Selected)
{
    /// <summary>Of memory: a row number and a group a customer, two truths a row.</summary>
    public long Bytes => ((sizeof(int) + sizeof(CustomerGroup)) * (long)Customers.Count) + (2L * Affluent.Length);
}

/// <summary>One group of a column at the threshold, by row and recorded class.</summary>
/// <param name="Lift">How many times denser recorded affluents are among the selected rows of the group than among all its rows.</param>
public sealed record SubGroup(GroupMetrics Metrics, GroupLift Lift)
{
    /// <summary>Recorded affluent rows that a group needs before anything is told of it.</summary>
    public const int LeastAffluent = 30;

    public bool HasEnough => Metrics.AffluentCount >= LeastAffluent;
}

/// <summary>
/// What was worked out lately of runs' customers, so that a count while a person types needs no file but the columns: up to
/// <see cref="MostBytes"/> in all, the longest unused go first. A run never changes, and its threshold is part of the key.
/// </summary>
public sealed class KeptCustomers : IDisposable
{
    /// <summary>About 35 runs of a million rows.</summary>
    public const long MostBytes = 256L << 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(20);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public void Dispose() => _kept.Dispose();

    internal T GetOrMake<T>(object key, Func<T> make, Func<T, long> bytesOf)
        where T : class
    {
        if (_kept.TryGetValue<T>(key, out var kept) && kept is not null)
        {
            return kept;
        }

        var made = make();
        return _kept.Set(key, made, new MemoryCacheEntryOptions { Size = bytesOf(made), SlidingExpiration = KeptFor });
    }
}

/// <summary>A finished run's customers, as the pages of segments count them.</summary>
public sealed class RunSegments(ModelRunCatalog runs, DatasetCatalog datasets, WorkThreads threads, KeptCustomers kept)
{
    /// <summary>For results of a few columns or rules: far more than they take.</summary>
    private const long SmallBytes = 1 << 20;

    private const int OfferedRuns = 20;

    /// <summary>Of the newest runs those with a threshold whose files are there.</summary>
    public async Task<IReadOnlyList<ModelRunSummary>> CountableAsync(CancellationToken cancellation)
    {
        var countable = new List<ModelRunSummary>();
        foreach (var run in await runs.NewestAsync(OfferedRuns, cancellation))
        {
            if (run.Threshold is not null && await datasets.FindAsync(run.DatasetId, cancellation) is { DeletedUtc: null })
            {
                countable.Add(run);
            }
        }

        return countable;
    }

    /// <summary>Opens a run's file for counting; the caller disposes.</summary>
    /// <param name="run">Finished, with a threshold.</param>
    /// <exception cref="RefusedException">The run's file was deleted.</exception>
    public async Task<OpenRun> OpenAsync(ModelRunSummary run, CancellationToken cancellation)
    {
        var threshold = run.Threshold ?? throw new InvalidOperationException($"Run {run.Id} has no threshold.");
        var roles = await runs.ReadColumnsAsync(run.Id, cancellation);
        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new InvalidOperationException($"Run {run.Id} names a dataset that is not there.");
        return new OpenRun(run.Id, threshold, dataset.Version, roles, datasets.OpenColumns(run.DatasetId), runs, threads.Count, kept);
    }

    /// <summary>A run's columns and customers, while a page looks at them.</summary>
    public sealed class OpenRun : IDisposable
    {
        private readonly ColumnRoles _roles;
        private readonly int _threadCount;
        private readonly KeptCustomers _kept;
        private readonly (Guid Run, double Threshold, int DatasetVersion) _key;

        internal OpenRun(
            Guid runId, OperatingThreshold threshold, int datasetVersion, ColumnRoles roles, ColumnTable table, ModelRunCatalog runs, int threadCount, KeptCustomers kept)
        {
            (_roles, Table, _threadCount, _kept) = (roles, table, threadCount, kept);
            _key = (runId, threshold.Score, datasetVersion);
            try
            {
                Rows = Keep(() => Read(table, roles, runs.LoadScores(runId), threshold), rows => rows.Bytes);
            }
            catch
            {
                table.Dispose();
                throw;
            }
        }

        public ColumnTable Table { get; }

        public RunCustomers Rows { get; }

        /// <summary>Columns that a rule may name: no id, no recorded class, no personal data, no free text; in the file's order.</summary>
        public IEnumerable<ColumnInfo> Columns => Table.Columns.Where(column =>
            column.Kind != ColumnKind.Text && column.Name != _roles.Id && column.Name != _roles.Label
            && !_roles.LeftOut.Any(left => left.Name == column.Name && left.Reason == LeftOutReason.PersonalData));

        public SegmentCount Count(SegmentRule rule) => Rows.Customers.CountMatching(rule, Table);

        /// <summary>By the columns that the models learnt from.</summary>
        public IReadOnlyList<FoundSegment> Found() =>
            Keep(() => SegmentSearch.Find(Table, Rows.Customers, LearntFrom(), _threadCount), _ => SmallBytes);

        /// <summary>As of <see cref="Found"/>, in the file's order.</summary>
        public IReadOnlyList<ColumnByGroup> Compared() =>
            Keep(() => ColumnByGroup.ForAll(Table, Rows.Customers, LearntFrom(), _threadCount), _ => SmallBytes);

        /// <exception cref="RefusedException">There is no such column, or it has no groups.</exception>
        public IReadOnlyList<SubGroup> By(string column) =>
        [
            .. GroupMetrics.ByColumn(Table, column, Rows.Affluent, Rows.Selected).Select(group =>
                new SubGroup(group, GroupLift.Of(group.Counts.SelectedAffluent, group.Counts.Selected, group.AffluentCount, group.RowCount))),
        ];

        public void Dispose() => Table.Dispose();

        /// <summary>The features that the file has as they were; those read anew as free text have no groups.</summary>
        private string[] LearntFrom() => [.. _roles.Features.Where(name => Columns.Any(column => column.Name == name))];

        private T Keep<T>(Func<T> make, Func<T, long> bytesOf, [CallerMemberName] string what = "")
            where T : class => _kept.GetOrMake((what, _key), make, bytesOf);

        private static RunCustomers Read(ColumnTable table, ColumnRoles roles, OutOfFoldScores outOfFold, OperatingThreshold threshold)
        {
            var recorded = DatasetCatalog.ReadCustomers(table, roles);
            var scores = LogOdds.ToScores(outOfFold.LogOdds);
            return new RunCustomers(
                SegmentCustomers.Of(scores, recorded.Affluent, CustomerIndex.Of(recorded.CustomerOfRow), threshold),
                recorded.Affluent,
                Array.ConvertAll(scores, threshold.Selects));
        }
    }
}
