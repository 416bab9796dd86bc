using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Benchmarks;

/// <summary>
/// The answers of the threshold page on invented scores, all different, a tenth of the rows affluent: the counting that the first question
/// of a run waits for, then the longest of a hundred of each kind of question.
/// </summary>
internal static class ThresholdCase
{
    internal const string Header =
        "| rows | counting, once (ms) | longest: promise (ms) | budget (ms) | by hand (ms) | profit at every point, with its JSON (ms) |\n|---|---|---|---|---|---|";

    private const int QuestionCount = 100;

    internal static Task MeasureAsync(string folder, int rowCount)
    {
        var rows = Invent(rowCount);
        var counting = Stopwatch.StartNew();
        var steps = rows.Steps;
        var known = rows.AffluentScores.Length;
        counting.Stop();

        var curve = ThresholdCurve.Of(steps, known, rowCount - known);
        var estimate = new HiddenEstimate(known * 0.1, known * 0.2, known * 0.4, known, new Rate(1, 1), 0.8);
        var expected = ExpectedAffluents.At(curve, rows.Scores, rows.Affluent, rows.Customers, rows.Scores, estimate);
        var files = Path.Combine(folder, rowCount.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(files);
        File.WriteAllText(Path.Combine(files, "curve.json"), JsonSerializer.Serialize(curve, JsonSerializerOptions.Web));
        File.WriteAllText(Path.Combine(files, "expected.json"), JsonSerializer.Serialize(expected, JsonSerializerOptions.Web));

        var promise = Longest(question => OperatingThreshold.ForRecall(rows.AffluentScores, 0.5 + (question / 250.0), 0.95));
        var budget = Longest(question => OperatingThreshold.ForBudget(steps, (question + 1) * rowCount / 200));
        var byHand = Longest(question => steps.At(new OperatingThreshold(question / 101.0)));
        var profit = Longest(question =>
        {
            var read = JsonSerializer.Deserialize<ThresholdCurve>(File.ReadAllBytes(Path.Combine(files, "curve.json")), JsonSerializerOptions.Web)!;
            var affluents = JsonSerializer.Deserialize<ExpectedAffluents>(File.ReadAllBytes(Path.Combine(files, "expected.json")), JsonSerializerOptions.Web)!;
            var told = RunProfit.Of(read, affluents, new RunMoney("RM", 1000 + question, 50, 0.1, "", default), inForce: null);
            return JsonSerializer.SerializeToUtf8Bytes(told.Curve.Points.Select(point => new[] { point.Profit, point.ProfitRange.Low, point.ProfitRange.High }));
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {counting.Elapsed.TotalMilliseconds:0} | {promise:0.0} | {budget:0.000} | {byHand:0.000} | {profit:0.0} |"));
        return Task.CompletedTask;
    }

    private static ScoredRows Invent(int rowCount)
    {
        var random = SeededRandom.For(7, rowCount);
        var (scores, inSample, affluent) = (new double[rowCount], new double[rowCount], new bool[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            affluent[row] = random.NextShare() < 0.1;
            scores[row] = Math.Clamp((affluent[row] ? 0.3 : 0) + (0.7 * random.NextShare()), 1e-6, 1 - 1e-6);
            inSample[row] = random.NextShare();
        }

        return new ScoredRows(scores, inSample, affluent, CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]), HeldOut: []);
    }

    /// <summary>In milliseconds; the first, which pays for compiling, is left out.</summary>
    private static double Longest(Func<int, object?> ask)
    {
        ask(0);
        var longest = TimeSpan.Zero;
        for (var question = 0; question < QuestionCount; question++)
        {
            var watch = Stopwatch.StartNew();
            ask(question);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
        }

        return longest.TotalMilliseconds;
    }
}
