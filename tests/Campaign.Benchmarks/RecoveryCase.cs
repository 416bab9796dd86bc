using System.Diagnostics;
using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Metrics;

namespace Campaign.Benchmarks;

/// <summary>
/// Hidden-affluent recovery: how many of the affluents that a case hides does a ranking find? Arguments: a results file, the methods, joined by
/// commas, and cases, each a CSV with the recorded classes and beside it NAME.truth.csv with the column <c>true_segment</c>. A line a case and method is
/// appended to the results file; what is there already is not made again. Then the file's table is printed: each method's mean over the
/// cases, and the paired difference to the reference method with its 95 % interval, over the cases that both have.
/// </summary>
internal static class RecoveryCase
{
    private const string Reference = "ens_xr";

    private static readonly string[] Parts = ["boosted", "forest", "elastic-net"];

    internal static void Run(string[] args)
    {
        var (results, methods) = (args[0], args[1].Split(','));
        foreach (var path in args[2..])
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var done = Read(results).Where(line => line.Case == name).Select(line => line.Method).ToHashSet();
            if (!methods.All(done.Contains))
            {
                Measure(path, [.. methods.Where(method => !done.Contains(method))], results);
            }
        }

        Print(Read(results));
    }

    private static void Measure(string path, string[] methods, string results)
    {
        var folder = Directory.CreateTempSubdirectory("campaign-recovery-");
        try
        {
            using var file = LabelledFile.Read(path, Path.ChangeExtension(path, ".truth.csv"), Path.Combine(folder.FullName, "all"));
            var features = file.Features();
            var recipe = TrainingRecipe.For(features.RowCount, seed: 1, featureCount: features.Features.Count);
            using var data = Data(file.Recorded);
            using var truth = Data(file.Truth);
            var scored = new Dictionary<string, OutOfFoldScores>();
            foreach (var method in methods)
            {
                var clock = Stopwatch.StartNew();
                var scores = Score(method);
                var line = Judge(scores.LogOdds.ToArray(), file, Path.GetFileNameWithoutExtension(path), method, clock.Elapsed.TotalSeconds);
                File.AppendAllText(results, line.ToString());
                Console.Error.Write(line);
            }

            TrainingData Data(bool[] classes)
            {
                int[] customers = [.. Enumerable.Range(0, features.RowCount)];
                return new TrainingData(features, classes, CustomerFolds.Deal(CustomerIndex.Of(customers), classes, recipe.FoldCount, recipe.RepeatCount, recipe.Seed));
            }

            OutOfFoldScores Score(string method)
            {
                if (scored.TryGetValue(method, out var known))
                {
                    return known;
                }

                var plain = recipe with { RecordedShare = 1, SuspiciousShare = 0 };
                OutOfFoldScores scores;
                if (method.StartsWith("ensemble", StringComparison.Ordinal))
                {
                    // ensemble-1-0.5-0.25: the weights of the parts.
                    double[] weights = [.. method.Split('-')[1..].Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
                    scores = OutOfFoldScores.Combine([.. Parts.Take(weights.Length).Select(Score)], [.. weights.Select(weight => weight / weights.Sum())]);
                }
                else
                {
                    var (of, how) = method switch
                    {
                        "plain" => (data, plain),
                        "plain-one-repeat" => (data, plain with { RepeatCount = 1 }),
                        "oracle" => (truth, plain),
                        "boosted" => (data, recipe),
                        "cleaned" => (data, plain with { SuspiciousShare = 0.02 }),
                        "forest" => (data, TrainingRecipe.ForestBeside(recipe, features.RowCount)),
                        "elastic-net" => (data, TrainingRecipe.ElasticNetBeside(recipe)),
                        // share-0.9-0.02: the share recorded and that of suspicious rows.
                        _ when method.StartsWith("share-", StringComparison.Ordinal) => (data, plain with { RecordedShare = NumberOf(1), SuspiciousShare = NumberOf(2) }),
                        _ => throw new ArgumentException($"No method {method}."),
                    };
                    (scores, var models) = OutOfFoldScores.Compute(of, how, Environment.ProcessorCount);
                    models.Dispose();
                }

                scored[method] = scores;
                return scores;

                double NumberOf(int part) => double.Parse(method.Split('-')[part], CultureInfo.InvariantCulture);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Line Judge(double[] scores, LabelledFile file, string name, string method, double seconds)
    {
        int[] candidates = [.. Enumerable.Range(0, scores.Length).Where(row => !file.Recorded[row]).OrderByDescending(row => scores[row])];
        bool[] hidden = [.. candidates.Select(row => file.Truth[row])];
        double Precision(int count) => 100 * (double)hidden.Take(count).Count(isHidden => isHidden) / count;
        var average = RankingMetrics.Of(candidates.Select(row => scores[row]).ToArray(), hidden).AveragePrecision;
        return new Line(name, method, Precision(hidden.Count(isHidden => isHidden)), 100 * average, Precision(Math.Max(1, hidden.Length / 100)), seconds);
    }

    private static Line[] Read(string path) => File.Exists(path) ? [.. File.ReadLines(path).Select(Line.Parse)] : [];

    private static void Print(Line[] lines)
    {
        Console.WriteLine($"| method | cases | P@k | AP | top 1 % | P@k against {Reference} | AP | top 1 % | seconds |\n|---|---|---|---|---|---|---|---|---|");
        var reference = lines.Where(line => line.Method == Reference).ToDictionary(line => line.Case);
        foreach (var method in lines.GroupBy(line => line.Method))
        {
            Line[] of = [.. method];
            (Line Own, Line Other)[] pairs = [.. of.Where(line => reference.ContainsKey(line.Case)).Select(line => (line, reference[line.Case]))];
            string Difference(Func<Line, double> number)
            {
                double[] differences = [.. pairs.Select(pair => number(pair.Own) - number(pair.Other))];
                if (differences.Length < 2)
                {
                    return "-";
                }

                var mean = differences.Average();
                var error = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Length - 1) / differences.Length);
                return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.00;-0.00} ± {1.96 * error:0.00}");
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {method.Key} | {of.Length} | {of.Average(line => line.PrecisionAtK):0.0} | {of.Average(line => line.AveragePrecision):0.0} | {of.Average(line => line.Top):0.0} | {Difference(line => line.PrecisionAtK)} | {Difference(line => line.AveragePrecision)} | {Difference(line => line.Top)} | {of.Average(line => line.Seconds):0} |"));
        }
    }

    /// <summary>One method on one case; shares in %.</summary>
    private sealed record Line(string Case, string Method, double PrecisionAtK, double AveragePrecision, double Top, double Seconds)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Case}\t{Method}\t{PrecisionAtK:R}\t{AveragePrecision:R}\t{Top:R}\t{Seconds:0.0}\n");

        internal static Line Parse(string line)
        {
            var cells = line.Split('\t');
            double Number(int cell) => double.Parse(cells[cell], CultureInfo.InvariantCulture);
            return new Line(cells[0], cells[1], Number(2), Number(3), Number(4), Number(5));
        }
    }
}
