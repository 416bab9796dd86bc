using Campaign.Learning.Calibration;
using Campaign.Learning.Candidates;
using Campaign.Learning.Estimates;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Robustness;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Tests.Learning;

namespace Campaign.Tests.Governance;

/// <summary>A model card and an audit report with invented numbers, each different from its neighbours.</summary>
internal static class SampleDocuments
{
    public static readonly Guid RunId = Guid.Parse("7f3a91c2-0000-4000-8000-1234567890ab");

    private static readonly DateTime Trained = new(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc);

    private static readonly FairnessLimits Limits = new(0.07, 0.8, 30);

    private static readonly RunMoney Money = new("RM", 1000, 20, 0.25, "Aina", Trained.AddDays(1));

    private static readonly Dictionary<string, string> Versions = new()
    {
        ["campaign"] = "0.1.0",
        ["xgboost"] = "1.7.4",
        ["dotnet"] = "10.0.1",
        ["system"] = "Invented Linux 12",
    };

    private static readonly StageTime[] Stages = [new("Reading the columns", 0.4), new("Training", 73.6), new("Saving the run", 1.2)];

    public static ModelCard Card(string modelName = "Spring wealth", string fileName = "customers.csv") => new(
        new CardCover(modelName, RunId, "draft", "Local owner", null, Trained, Trained.AddMinutes(5), new string('b', 64), "0.1.0"),
        new CardTraining(
            "boosted trees (XGBoost)", 412, 5, 2, 17, false,
            new Dictionary<string, string> { ["eta"] = "0.04", ["max_depth"] = "5", ["lambda"] = "5" }, Versions, Stages, 583_000_000)
        {
            Candidates =
            [
                new CandidateResult(CandidateKind.BoostedTrees, null, 2311, new Rate(1001, 1093), 0.6543, new Interval(0.6233, 0.6844), 0.8765, new Interval(0.8611, 0.8922), 4.321, new Interval(4.1155, 4.5266), 0.0123, 412, 70),
                new CandidateResult(CandidateKind.BestColumn, "CASATD_CNT", null, null, 0.4321, new Interval(0.4012, 0.4634), 0.7654, new Interval(0.7523, 0.7789), 2.345, new Interval(2.012, 2.678), 0.0234, 0, 0.2),
            ],
            RecommendedBecause = "The only candidate that was not a rule.",
            Trials = [new TuningTrial(1, OracleSample.Recipe, 400, 2355, 0.65, 0.87, 4.3, 11), new TuningTrial(2, OracleSample.Recipe, 412, 2311, 0.6543, 0.8765, 4.321, 12)],
        },
        new CardThreshold(
            0.0873, "finds at least 90 % of the known affluents, 95 % sure; rests on 1,093 known affluents, 1,001 of them at or above it",
            new RecallPromise(0.9, 0.95, 1093, 1001), 0.9, 0.95, null,
            new CardMoney(
                Money, "A contact pays for itself where at least 8 % of those contacted are affluent.", "At the cut-off in force: expected profit RM 31,007.", "Most profitable: RM 44,203.",
                [.. Enumerable.Range(0, 50).Select(step => new ProfitPoint(
                    0.99 - (step * 0.0198), 44 * step, 11.0 * step, new Rate(step, 50), 900.0 * step * (50 - step), new Interval(500.0 * step * (50 - step), 1300.0 * step * (50 - step))))])),
        new CardData(
            fileName, new string('a', 64), 8_123_456, "CSV, comma, UTF-8", Trained.AddHours(-1), "Local owner", 6608, 3, 4786, 1093, "C_ID", "C_seg", "AFFLUENT",
            [.. Enumerable.Range(1, 28).Select(number => new CardColumn($"Column {number}", number % 3 == 0 ? "category, 9 values" : "number", number / 40.0))],
            [new CardLeftOut("Branch <x>", "named by the user"), new CardLeftOut("Notes", "text with too many different values")],
            [new CardLeak("Tier code", 0.9871)]),
        new CardResults(
            new ConfusionCounts(1001, 2213, 92, 3302), 0.8765, 0.6543, 4.321, 31,
            [.. Enumerable.Range(1, 10).Select(decile => new CardDecile(decile, 661, 560 / (decile * decile), 0.9 - (decile * 0.08)))],
            [.. Enumerable.Range(0, 100).Select(step => new CardCurvePoint(0.99 - (step * 0.0099), 1093 * (step + 1) / 100, step * step * 55 / 100, step / 4))],
            [.. Enumerable.Range(0, 20).Select(bin => 20 + (bin * 3))], [.. Enumerable.Range(0, 20).Select(bin => 1500 / (1 + bin))])
        {
            Measures = new RunMeasures(
                new Interval(0.8611, 0.8922), new Interval(0.6233, 0.6844), new Interval(4.1155, 4.5266), 1017,
                new HiddenEstimate(312.4, 433.3, 559.6, 1017, new Rate(51, 60), 0.8813), "Platt scaling",
                CalibrationQuality.Of([.. Enumerable.Range(0, 1000).Select(row => row * 0.0009)], [.. Enumerable.Range(0, 1000).Select(row => row * row % 1009 < row)])),
        },
        new RunFairness(
            new OperatingThreshold(0.0873),
            new FairnessLimitsInForce(Limits, "set by Mei, 1 Mar 2026, 08:00 UTC: Board decision 12", 3),
            [
                new ColumnFairness("gn_occ", true, FairnessTable.Of(
                    [
                        new GroupMetrics("PMEB", new ConfusionCounts(540, 1200, 50, 1700)),
                        new GroupMetrics("HOUSEWIFE", new ConfusionCounts(130, 190, 40, 320)),
                        new GroupMetrics("STUDENT", new ConfusionCounts(3, 20, 2, 180)),
                        new GroupMetrics("NOBLE", new ConfusionCounts(1, 1, 0, 1)),
                    ],
                    Limits)),
                new ColumnFairness("C_AGE", false, FairnessTable.Of(
                    [new GroupMetrics("18 to 35", new ConfusionCounts(200, 400, 18, 900)), new GroupMetrics("missing", new ConfusionCounts(0, 0, 0, 12))], Limits)),
            ]),
        new CardReasons(200, 199, [new CardReason("NUM_PRD", 143, 0.912), new CardReason("Asset value", 97, 0.551)]))
    {
        Robustness = new RunRobustness(
            0.0765, 5432, 897,
            new RobustnessTable(0.8754, new Interval(0.8533, 0.8966), 0.6432, new Rate(821, 897),
            [
                new RobustnessRow("NUM_PRD", Disturbance.Missing, 0.7321, new Interval(0.7012, 0.7613), 0.4567, new Rate(612, 897), new Rate(1345, 5432)),
                new RobustnessRow("gn_occ", Disturbance.UnseenCategory, 1, Interval.Undefined, 0.6321, new Rate(815, 897), new Rate(71, 5432)),
            ]),
            new OlderFileScores("february.csv", Trained.AddDays(-28), 4321, 4007, 0.8421, new Interval(0.8222, 0.8605), 0.5912, new Rate(655, 731), new Rate(1777, 4321)),
            null),
    };

    public static AuditReport Report(string? firstBreak = null) => new(
        "Spring wealth", RunId, CardCover.NotReviewed, Trained.AddMinutes(6), "0.1.0", new ReportTrail(23, firstBreak),
        new ReportData("customers.csv", new string('a', 64), 8_123_456, "CSV, comma, UTF-8", "Local owner", Trained.AddHours(-1), 6608, 3),
        new ReportTraining(
            "Local owner", Trained, Trained.AddMinutes(2), 17, false, "boosted trees (XGBoost)", 412, new string('b', 64),
            new Dictionary<string, string> { ["final-boosted-trees.ubj"] = new('b', 64) }, 0.0873,
            "set by hand", Versions, Stages, 583_000_000),
        [
            new ReportEntry(1, Trained.AddHours(-1), "Local owner", "dataset uploaded", "dataset:1", """{"rows":6608}"""),
            new ReportEntry(7, Trained, "Local owner", "threshold set", "run:2", """{"before":0.1,"after":0.0873}"""),
            new ReportEntry(9, Trained, "Local owner", "list built", "list:3", """{"toContact":1955}"""),
            new ReportEntry(11, Trained, "Mei", "model approved", "model:4", """{"reason":"Beats the last one"}"""),
        ])
    {
        Models = [new ReportModel("etb 3", "approved, champion", "Aina", Trained, "Mei")],
    };
}
