using System.Globalization;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Modeling;

/// <summary>A run among those that are compared.</summary>
/// <param name="FileName">Of its dataset.</param>
/// <param name="Columns">What each column was for when it was trained; null until the training is done.</param>
/// <param name="Curve">Null until the training is done.</param>
/// <param name="AtThreshold">Exact counts at the threshold in force; null without one.</param>
public sealed record ComparedRun(
    ModelRunSummary Run, string FileName, IReadOnlyList<string> Tags, ColumnRoles? Columns, ThresholdCurve? Curve, ConfusionCounts? AtThreshold);

/// <param name="Values">One a run, in the runs' order; a dash where a run has none.</param>
public sealed record ComparedRow(string Name, IReadOnlyList<string> Values)
{
    public bool Differs => Values.Any(value => value != Values[0]);
}

public sealed record ComparedSection(string Title, IReadOnlyList<ComparedRow> Rows);

/// <summary>Up to six runs side by side: what went in, what came out, parameters, time and memory, columns; and their curves over one another.</summary>
public sealed class RunComparison(IReadOnlyList<ComparedRun> runs)
{
    public const int MostRuns = 6;

    private const string None = "–";
    private const int ChartPoints = 120;

    public IReadOnlyList<ComparedRun> Runs => runs;

    /// <summary>How a run is called in tables and charts: A, B, …</summary>
    public static string LetterOf(int run) => ((char)('A' + run)).ToString();

    /// <summary>Each section has its rows in the same order whatever the runs; parameters and stages in the order in which the runs have them.</summary>
    public IReadOnlyList<ComparedSection> Sections() =>
    [
        new("What came out", CameOut()),
        new("What went in", WentIn()),
        new("Parameters", ByKey(results => results.Parameters)),
        new("Time and memory",
        [
            .. ByKey(results => results.Stages.ToLookup(stage => stage.Name).ToDictionary(stage => stage.Key, stage => InWords.Duration(stage.Sum(time => time.Seconds)))),
            OfResults("Together", results => InWords.Duration(results.Stages.Sum(stage => stage.Seconds))),
            OfResults("Threads", results => results.ThreadCount == 0 ? None : InWords.Count(results.ThreadCount)),
            OfResults("Peak memory", results => InWords.Size(results.PeakMemoryBytes)),
        ]),
        new("Versions", ByKey(results => results.Versions)),
    ];

    /// <summary>The columns that are not used alike in all finished runs, in the order of the alphabet; null where fewer than two are finished.</summary>
    public IReadOnlyList<ComparedRow>? DifferingColumns() => runs.Count(run => run.Columns is not null) < 2
        ? null
        :
        [
            .. runs.SelectMany(run => run.Columns is { } columns ? NamesIn(columns) : []).Distinct().Order(StringComparer.Ordinal)
                .Select(name => Row(name, run => run.Columns is { } columns ? UseOf(columns, name) : None))
                .Where(row => row.Values.Where((_, run) => runs[run].Columns is not null).Distinct().Count() > 1),
        ];

    /// <summary>Recall by list size, and precision by recall; null where no run is finished.</summary>
    internal IReadOnlyList<Chart>? Charts() => runs.All(run => run.Curve is null)
        ? null
        :
        [
            new Chart(
                "Recall by size of the selection",
                ChartAxis.Shares("Selected rows, share of the file", 1),
                ChartAxis.Shares("Recall: recorded affluents found", 1),
                Lines((point, curve) => (Selected(point) / (double)(curve.AffluentRows + curve.NormalRows), Recall(point, curve))))
            {
                Description = "One line a run, from the highest scores on. The higher the line, the more affluents are found by a selection of the same size.",
                Table = SizesForRecall(),
            },
            new Chart(
                "Precision by recall",
                ChartAxis.Shares("Recall", 1),
                ChartAxis.Shares("Precision: recorded affluents among the selected", HighestPrecision()),
                Lines((point, curve) => (Recall(point, curve), point.SelectedAffluent / (double)Selected(point))))
            {
                Description = "One line a run. Hidden affluents count against precision.",
            },
        ];

    private List<ComparedRow> CameOut() =>
    [
        OfResults("List at the promise, customers", results => results.ListSizeAtPromise is { } size ? InWords.Count(size) : "the promise can't be made"),
        OfResults("Average precision", results => WithInterval(results.RecommendedCandidate.AveragePrecision, results.RecommendedCandidate.AveragePrecisionInterval)),
        OfResults("Ranking quality (AUC)", results => WithInterval(results.RecommendedCandidate.Auc, results.RecommendedCandidate.AucInterval)),
        OfResults("Lift in the top tenth", results => WithInterval(results.LiftTopDecile, results.RecommendedCandidate.LiftTopDecileInterval)),
        Row("Cut-off in force", run => run.Run.Threshold is { } threshold ? InWords.Score(threshold.Score) : None),
        Row("How it was chosen", run => run.Run.ThresholdInWords),
        Row("Recall at the cut-off", run => run.AtThreshold is { } counts ? WithInterval(counts.Recall) : None),
        Row("Precision at the cut-off", run => run.AtThreshold is { } counts ? WithInterval(counts.Precision) : None),
        Row("Hidden candidates, rows", run => run.AtThreshold is { } counts ? InWords.Count(counts.SelectedNormal) : None),
        OfResults("Chosen because", results => results.RecommendedBecause),
        OfResults("Model (SHA-256)", results => InWords.ShortHash(results.ModelHash)),
    ];

    private List<ComparedRow> WentIn() =>
    [
        Row("File", run => run.FileName),
        Row("Fingerprint (SHA-256)", run => InWords.ShortHash(run.Run.Fingerprint)),
        OfResults("Rows", results => InWords.Count(results.RowCount)),
        OfResults("Customers", results => InWords.Count(results.CustomerCount)),
        OfResults("Recorded affluent rows", results => InWords.Count(results.RecordedAffluentRows)),
        Row("Affluent means", run => run.Columns is { } columns ? $"{columns.Label} is {columns.AffluentValue}" : None),
        Row("Columns learnt from", run => run.Columns is { } columns ? InWords.Count(columns.Features.Count + (columns.Derived?.Count ?? 0)) : None),
        Row("Recall asked for", run => $"{InWords.ShortPercent(run.Run.RecallFloor)}, {InWords.ShortPercent(run.Run.Confidence)} sure"),
        Row("Promise", run => run.Run.PromiseKind == PromiseKind.Exact ? "exact: customers held out of training" : "tight: out of fold"),
        OfResults("Customers held out", results => InWords.Count(results.HeldOutCustomers)),
        OfResults("Trials of the search", results => InWords.Count(results.Trials.Count)),
        Row("Seed", run => run.Run.Seed.ToString(CultureInfo.InvariantCulture)),
        Row("Quick look", run => run.Run.Quick ? "yes" : "no"),
        OfResults("Method", results => results.Algorithm),
        OfResults("Trees", results => InWords.Count(results.TreeCount)),
        OfResults("Folds", results => InWords.Count(results.FoldCount)),
        OfResults("Repeats", results => InWords.Count(results.RepeatCount)),
    ];

    private ComparedRow Row(string name, Func<ComparedRun, string> value) => new(name, [.. runs.Select(value)]);

    private ComparedRow OfResults(string name, Func<RunResults, string> value) => Row(name, run => run.Run.Results is { } results ? value(results) : None);

    private List<ComparedRow> ByKey(Func<RunResults, IReadOnlyDictionary<string, string>> values)
    {
        var ofRuns = runs.Select(run => run.Run.Results is { } results ? values(results) : new Dictionary<string, string>()).ToArray();
        return [.. ofRuns.SelectMany(one => one.Keys).Distinct().Select(key => new ComparedRow(key, [.. ofRuns.Select(one => one.GetValueOrDefault(key, None))]))];
    }

    private static string WithInterval(double value, Interval? interval) =>
        interval is { } known ? $"{InWords.Number(value)} ({InWords.Number(known.Low)} to {InWords.Number(known.High)})" : InWords.Number(value);

    private static string WithInterval(Rate rate)
    {
        if (!rate.IsDefined)
        {
            return None;
        }

        var interval = WilsonInterval.Of(rate);
        return $"{InWords.Percent(rate.Share)} ({InWords.Percent(interval.Low)} to {InWords.Percent(interval.High)})";
    }

    private static IEnumerable<string> NamesIn(ColumnRoles columns) => columns.Features
        .Concat((columns.Derived ?? []).Select(derived => derived.Name))
        .Concat(columns.LeftOut.Select(left => left.Name))
        .Concat(columns.Id is { } id ? [id] : [])
        .Append(columns.Label);

    private static string UseOf(ColumnRoles columns, string name) =>
        name == columns.Label ? "recorded class"
        : name == columns.Id ? "customer id"
        : columns.Features.Contains(name) ? "learnt from"
        : (columns.Derived ?? []).Any(derived => derived.Name == name) ? "learnt from (derived)"
        : columns.LeftOut.Any(left => left.Name == name) ? "left out"
        : "not there";

    private List<ChartSeries> Lines(Func<ThresholdPoint, ThresholdCurve, (double X, double Y)> place) =>
    [
        .. runs.Select((run, i) => new ChartSeries(
                $"{LetterOf(i)}  {run.Run.Name}", ChartTone.Line(i),
                run.Curve is { } curve ? [new ChartPath([.. Thinned(curve).Select(point => place(point, curve))])] : []))
            .Where(series => series.Marks.Count > 0),
    ];

    private static IEnumerable<ThresholdPoint> Thinned(ThresholdCurve curve)
    {
        var step = Math.Max(1, curve.Points.Count / ChartPoints);
        return curve.Points.Where((_, i) => i % step == 0 || i == curve.Points.Count - 1);
    }

    private static int Selected(ThresholdPoint point) => point.SelectedAffluent + point.SelectedNormal;

    private static double Recall(ThresholdPoint point, ThresholdCurve curve) => (double)point.SelectedAffluent / curve.AffluentRows;

    private double HighestPrecision() => runs.Where(run => run.Curve is not null).SelectMany(run => Thinned(run.Curve!)).Max(point => point.SelectedAffluent / (double)Selected(point));

    /// <summary>How many rows each run selects to reach a recall: its first threshold from above that does.</summary>
    private ChartTable SizesForRecall() => new(
        ["Recall", .. runs.Select((_, i) => LetterOf(i) + ", rows")],
        [
            .. new[] { 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1 }.Select(recall => (IReadOnlyList<string>)
            [
                InWords.ShortPercent(recall),
                .. runs.Select(run => run.Curve is { } curve ? InWords.Count(Selected(curve.Points.First(point => Recall(point, curve) >= recall || point.Equals(curve.Points[^1])))) : None),
            ]),
        ]);
}
