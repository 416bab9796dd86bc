using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.Governance;

/// <summary>Reads a finished run and its dataset into a <see cref="ModelCard"/>.</summary>
public sealed class ModelCardBuilder(
    ModelRunCatalog runs, DatasetCatalog datasets, FairnessPolicies policies, ModelRegistry registry, TimeProvider clock)
{
    private const int ExplainedRows = 200;
    private const int CurvePoints = 200;
    private const int DecileCount = 10;

    /// <exception cref="RefusedException">The run is not there, not finished, or has no threshold yet.</exception>
    public async Task<ModelCard> BuildAsync(Guid runId, CancellationToken cancellation = default)
    {
        var run = await runs.FindAsync(runId, cancellation) ?? throw new RefusedException("There is no such model run: choose one from the list of runs.");
        if (run is not { Results: { } results, Threshold: { } threshold })
        {
            throw new RefusedException("This run has no results or no threshold yet: wait for the training, or set a threshold.");
        }

        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new RefusedException("The file of this run is gone: upload it again.");
        using var table = datasets.OpenColumns(dataset.Id);
        var roles = await RunFairness.RolesAsync(runs, run.Id, dataset, cancellation);
        var recorded = DatasetCatalog.ReadCustomers(table, roles);
        var outOfFold = runs.LoadScores(runId);
        var scores = LogOdds.ToScores(outOfFold.LogOdds);
        var selected = Array.ConvertAll(scores, threshold.Selects);
        var curve = await runs.ReadCurveAsync(runId, cancellation);
        var inForce = ThresholdSteps.Of(scores, recorded.Affluent, CustomerIndex.Of(recorded.CustomerOfRow), scores).At(threshold)
            ?? throw new InvalidOperationException($"The threshold of run {runId} selects no row.");
        var registered = await registry.OfRunAsync(runId, cancellation);
        return new ModelCard(
            new CardCover(
                run.Name, run.Id, StatusOf(registered), run.CreatedByName, registered?.Reviewer, run.CompletedUtc ?? run.CreatedUtc, clock.GetUtcNow().UtcDateTime,
                results.ModelHash, typeof(ModelCardBuilder).Assembly.GetName().Version!.ToString(3), registered?.FullName),
            new CardTraining(
                results.Algorithm, results.TreeCount, results.FoldCount, results.RepeatCount, run.Seed, run.Quick, results.Parameters, results.Versions,
                results.Stages, results.PeakMemoryBytes)
            {
                Candidates = results.Leaderboard,
                RecommendedBecause = results.RecommendedBecause,
                Trials = results.Trials,
                PromiseKind = run.PromiseKind,
            },
            new CardThreshold(
                threshold.Score, run.ThresholdInWords, run.Promise, run.RecallFloor, run.Confidence,
                run.ThresholdRule == ThresholdRule.Budget ? BudgetCost.Of(run, curve, inForce) : null,
                Money(run, curve, await runs.ReadExpectedAffluentsAsync(runId, cancellation), inForce with { Score = threshold.Score })),
            Data(dataset, roles, results, table, Derived(runId, table)),
            new CardResults(
                ConfusionCounts.At(threshold, scores, recorded.Affluent), results.Auc, results.AveragePrecision, results.LiftTopDecile, results.InSampleSelectedAtHalf,
                Deciles(scores, recorded.Affluent), Thinned(curve),
                Histogram(scores, recorded.Affluent, affluent: true), Histogram(scores, recorded.Affluent, affluent: false))
            {
                Measures = results.Measures,
            },
            RunFairness.Of(threshold, await policies.InForceAsync(cancellation), table, roles, recorded.Affluent, selected),
            Reasons(runId, table, roles, outOfFold, recorded.Affluent, selected, cancellation) with
            {
                Importance = await runs.ReadImportanceAsync(runId, cancellation),
                KnownCustomerCount = KnownCustomerCount(runId),
            })
        {
            Robustness = await runs.ReadRobustnessAsync(runId, cancellation),
            Approval = registered is null ? [] : [.. (await registry.HistoryAsync(registered.Id, cancellation)).Reverse()
                .Select(entry => new CardAct(ModelRegistry.InWords(entry.Act), entry.ActorName, entry.Utc, entry.Reason))],
        };
    }

    private int? KnownCustomerCount(Guid runId)
    {
        using var package = runs.OpenPackage(runId);
        return package.Manifest.KnownCustomers?.CustomerCount;
    }

    private static string StatusOf(ModelVersion? registered) => registered switch
    {
        null => "a draft that is not registered",
        { Stage: ModelStage.Approved, IsReviewed: false } => $"approved by {registered.ApprovedByName}, who made it too: {CardCover.NotReviewed}",
        { ChampionSinceUtc: not null } => $"{ModelRegistry.InWords(registered.Stage)}, the champion of its name",
        _ => ModelRegistry.InWords(registered.Stage),
    };

    private static CardData Data(DatasetSummary dataset, ColumnRoles roles, RunResults results, ColumnTable table, IReadOnlyList<CardColumn> derived) => new(
        dataset.FileName, dataset.Fingerprint, dataset.ByteCount, dataset.ReadAs, dataset.UploadedUtc, dataset.UploadedByName,
        results.RowCount, dataset.RejectedRowCount, results.CustomerCount, results.RecordedAffluentRows,
        roles.Id, roles.Label, roles.AffluentValue,
        [.. roles.Features.Select(name => Describe(table.Columns[table.IndexOf(name)], table.RowCount)), .. derived],
        [.. roles.LeftOut.Select(column => new CardLeftOut(column.Name, InWords(column.Reason)))],
        [.. roles.Leaking.Select(column => new CardLeak(column.Name, column.Auc))]);

    private static CardColumn Describe(ColumnInfo column, int rowCount) =>
        new(column.Name, column.HoldsNumbers ? (column.Kind == ColumnKind.Date ? "date" : "number") : $"category, {column.Categories.Count} values", (double)column.MissingCount / Math.Max(1, rowCount));

    /// <summary>The features of the run that are computed from columns; undefined counts as missing.</summary>
    private List<CardColumn> Derived(Guid runId, ColumnTable table)
    {
        using var package = runs.OpenPackage(runId);
        List<CardColumn> described = [];
        foreach (var derived in package.Manifest.DerivedFeatures)
        {
            var values = new float[table.RowCount];
            FeatureSource.ForTraining(table, [], [derived], package.Manifest.ReferenceDay).FillColumn(0, values);
            described.Add(new CardColumn(derived.Name, derived.Meaning, (double)values.Count(float.IsNaN) / Math.Max(1, values.Length)));
        }

        return described;
    }

    private static string InWords(LeftOutReason reason) => reason switch
    {
        LeftOutReason.ByUser => "named by the user",
        LeftOutReason.GivesClassAway => "alone tells the recorded class at AUC 0.999 or more",
        LeftOutReason.Constant => "empty, or the same in every row",
        LeftOutReason.TooManyValues => "text with too many different values",
        LeftOutReason.PersonalData => "its name says that it tells who a person is",
        LeftOutReason.Date => "a date: it grows from file to file",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    private static List<CardDecile> Deciles(double[] scores, bool[] affluent)
    {
        var rows = Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).ToArray();
        var deciles = new List<CardDecile>();
        for (var decile = 0; decile < DecileCount; decile++)
        {
            var tenth = rows[(int)((long)rows.Length * decile / DecileCount)..(int)((long)rows.Length * (decile + 1) / DecileCount)];
            if (tenth.Length > 0)
            {
                deciles.Add(new CardDecile(decile + 1, tenth.Length, tenth.Count(row => affluent[row]), scores[tenth[^1]]));
            }
        }

        return deciles;
    }

    private static IReadOnlyList<CardCurvePoint> Thinned(ThresholdCurve curve)
    {
        var step = Math.Max(1, curve.Points.Count / CurvePoints);
        return [.. curve.Points
            .Where((_, place) => place % step == 0 || place == curve.Points.Count - 1)
            .Select(point => new CardCurvePoint(point.Score, point.SelectedAffluent, point.SelectedNormal, point.InSampleNormal))];
    }

    private static CardMoney? Money(ModelRunSummary run, ThresholdCurve curve, ExpectedAffluents? expected, ThresholdPoint inForce)
    {
        if (run.Money is not { } money || expected is null)
        {
            return null;
        }

        var profit = RunProfit.Of(curve, expected, money, inForce);
        var step = Math.Max(1, profit.Curve.Points.Count / CurvePoints);
        return new CardMoney(
            money, profit.BreakEvenInWords, profit.InForceInWords, profit.BestInWords,
            [.. profit.Curve.Points.Where((_, place) => place % step == 0 || place == profit.Curve.Points.Count - 1)]);
    }

    private static int[] Histogram(double[] scores, bool[] recordedAffluent, bool affluent)
    {
        var counts = new int[CardResults.HistogramBins];
        for (var row = 0; row < scores.Length; row++)
        {
            if (recordedAffluent[row] == affluent)
            {
                counts[Math.Min(CardResults.HistogramBins - 1, (int)(scores[row] * CardResults.HistogramBins))]++;
            }
        }

        return counts;
    }

    private CardReasons Reasons(
        Guid runId, ColumnTable table, ColumnRoles roles, OutOfFoldScores scores, bool[] affluent, bool[] selected, CancellationToken cancellation)
    {
        // Evenly from the highest to the lowest candidate, so that the strongest do not speak for all.
        var logOdds = scores.LogOdds.ToArray();
        var candidates = Enumerable.Range(0, scores.RowCount).Where(row => selected[row] && !affluent[row]).OrderByDescending(row => logOdds[row]).ToArray();
        var count = Math.Min(ExplainedRows, candidates.Length);
        int[] explained = [.. Enumerable.Range(0, count).Select(place => candidates[(int)((long)place * candidates.Length / count)])];
        var reasons = runs.Explain(runId, table, roles, scores, explained, cancellation: cancellation).ToArray();
        var columns = reasons
            .SelectMany(row => row.Reasons)
            .GroupBy(reason => reason.Column)
            .Select(column => new CardReason(column.Key, column.Count(), column.Average(reason => reason.Contribution)))
            .OrderByDescending(column => column.CandidateCount)
            .ThenByDescending(column => column.MeanContribution);
        return new CardReasons(reasons.Length, reasons.Count(row => row.AddsUp), [.. columns]);
    }
}
