using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Candidates;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Benchmarks;

/// <summary>
/// How often is 'finds at least R of the affluents, 95 % sure' kept on further customers, and how much longer is the list than the shortest that
/// would have kept it? Arguments: a results file, the rules joined by commas, rows to fit, the last split's number, then labelled files. A split
/// draws the rows to fit; the rest of the file are the further customers, scored by the final model. Splits run side by side, each on one
/// thread; a line a split, rule and R is appended to the results file, and what is there already is not made again. Then the table is printed.
/// </summary>
/// <remarks>
/// Rules: <c>tight</c> is the product's default recipe and its recommended candidate, <c>tight-boosted</c> its boosted trees with one repeat,
/// <c>exact-boosted</c> the same with customers held out.
/// </remarks>
internal static class PromiseCase
{
    private const double Confidence = 0.95;
    private const double HeldOutShare = 0.3;
    private const int DrawCount = 2000;
    private static readonly double[] Recalls = [0.8, 0.9, 0.95];

    internal static void Run(string[] args)
    {
        var (results, rules) = (args[0], args[1].Split(','));
        int fitCount = int.Parse(args[2], CultureInfo.InvariantCulture), last = int.Parse(args[3], CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("campaign-promise-");
        try
        {
            LabelledFile[] files = [.. args[4..].Select((path, i) => LabelledFile.Read(path, null, Path.Combine(folder.FullName, $"all{i}")))];
            string[] names = [.. args[4..].Select(path => Path.GetFileNameWithoutExtension(path))];
            var done = Read(results).Select(line => (line.File, line.Rule, line.Split)).ToHashSet();
            var work = Enumerable.Range(1, last)
                .SelectMany(split => names.SelectMany((name, file) => rules.Select(rule => (File: file, Name: name, Rule: rule, Split: split))))
                .Where(part => !done.Contains((part.Name, part.Rule, part.Split)));
            Parallel.ForEach(work, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
            {
                var lines = Measure(files[part.File], part.Name, part.Rule, fitCount, part.Split, Path.Combine(folder.FullName, $"{part.Name}-{part.Rule}-{part.Split}"));
                lock (names)
                {
                    File.AppendAllText(results, string.Concat(lines));
                }
            });
            Array.ForEach(files, file => file.Dispose());
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Print(Read(results));
    }

    private static Line[] Measure(LabelledFile file, string name, string rule, int fitCount, int split, string folder)
    {
        var random = SeededRandom.For(split, 78);
        int[] rows = [.. Enumerable.Range(0, file.Truth.Length)];
        random.Shuffle<int>(rows);
        int[] fit = [.. rows.Take(fitCount)], fresh = [.. rows.Skip(fitCount)];
        bool[] affluent = [.. fit.Select(row => file.Truth[row])];
        return file.OfRows(fit, folder, table =>
        {
            using var fitted = Fit(rule, file.FeaturesOf(table), affluent, split);
            var logOdds = new float[rows.Length];
            fitted.Models.Final.PredictLogOdds(file.FeaturesFor(file.FeaturesOf(table)), fresh, logOdds);
            float[] affluentScores = [.. fresh.Where(row => file.Truth[row]).Select(row => logOdds[row]).Order()];
            return Recalls.Select(recall => Judge(recall)).ToArray();

            Line Judge(double recall)
            {
                var promised = (ThresholdOutcome.Promised)OperatingThreshold.ForRecall(fitted.Known, recall, Confidence);
                var found = affluentScores.Count(score => promised.Threshold.Selects(score));
                var list = fresh.Count(row => promised.Threshold.Selects(logOdds[row]));
                // In hindsight: the score of the affluent at which the recall is reached.
                var ideal = affluentScores[^(int)Math.Ceiling((recall * affluentScores.Length) - 1e-9)];
                return new Line(name, rule, split, recall, found, affluentScores.Length, list, fresh.Count(row => logOdds[row] >= ideal));
            }
        });
    }

    private static Fitted Fit(string rule, FeatureSource features, bool[] affluent, int seed)
    {
        var quick = rule != "tight";
        var recipe = TrainingRecipe.For(features.RowCount, seed, quick, features.Features.Count);
        var customers = CustomerIndex.Of([.. Enumerable.Range(0, features.RowCount)]);
        var folds = CustomerFolds.Deal(
            customers, affluent, recipe.FoldCount, recipe.RepeatCount, seed, rule.StartsWith("exact", StringComparison.Ordinal) ? HeldOutShare : 0);
        using var data = new TrainingData(features, affluent, folds);
        var (scores, models) = quick ? OutOfFoldScores.Compute(data, recipe, threadCount: 1) : Recommended();
        var heldOut = folds.HeldOutRows();
        int[] judged = heldOut.Length > 0 ? heldOut : [.. Enumerable.Range(0, features.RowCount)];
        var logOdds = scores.LogOdds.ToArray();
        return new Fitted(models, [.. judged.Where(row => affluent[row]).Select(row => logOdds[row])]);

        (OutOfFoldScores Scores, TrainedModels Models) Recommended()
        {
            var compared = CandidateTraining.Run(data, customers, recipe, onlyBoosted: false, 0.9, Confidence, threadCount: 1);
            return (compared.Scores, compared.Models);
        }
    }

    private static Line[] Read(string path) => File.Exists(path) ? [.. File.ReadLines(path).Select(Line.Parse)] : [];

    private static void Print(Line[] lines)
    {
        Console.WriteLine("| file | rule | R | splits | recall | kept in the sample | kept in the population | list / shortest in hindsight |\n|---|---|---|---|---|---|---|---|");
        foreach (var group in lines.GroupBy(line => (line.File, line.Rule, line.Recall)).OrderBy(group => group.Key))
        {
            Line[] of = [.. group];
            var kept = new Rate(of.Count(line => line.Found >= line.Recall * line.Fresh - 1e-9), of.Length);
            var interval = WilsonInterval.Of(kept);
            var (share, low, high) = KeptInPopulation(of);
            var cost = of.Average(line => line.Cost);
            var error = Math.Sqrt(of.Sum(line => (line.Cost - cost) * (line.Cost - cost)) / Math.Max(1, of.Length - 1) / of.Length);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.File} | {group.Key.Rule} | {group.Key.Recall:0.00} | {of.Length} | {of.Average(line => line.Reached):0.000} | {100 * kept.Share:0.0} ({100 * interval.Low:0.0} to {100 * interval.High:0.0}) % | {100 * share:0.0} ({100 * low:0.0} to {100 * high:0.0}) % | {cost:0.000} ± {1.96 * error:0.000} |"));
        }
    }

    /// <summary>
    /// The recall reached on further customers is that in the population and their own chance. What varies beyond that chance, p(1 - p) / n, is
    /// the population's; by a normal distribution the share of it at R or above. The interval is of drawing the splits again.
    /// </summary>
    private static (double Share, double Low, double High) KeptInPopulation(Line[] lines)
    {
        var random = SeededRandom.For(1, 79);
        var shares = new double[DrawCount];
        for (var draw = 0; draw < DrawCount; draw++)
        {
            shares[draw] = Share([.. lines.Select(_ => lines[random.Next(lines.Length)])]);
        }

        Array.Sort(shares);
        return (Share(lines), shares[(int)(0.025 * DrawCount)], shares[(int)(0.975 * DrawCount)]);

        static double Share(Line[] of)
        {
            var mean = of.Average(line => line.Reached);
            var variance = of.Sum(line => (line.Reached - mean) * (line.Reached - mean)) / Math.Max(1, of.Length - 1);
            var own = Math.Max(1e-12, variance - of.Average(line => mean * (1 - mean) / line.Fresh));
            return NormalShareBelow((mean - of[0].Recall) / Math.Sqrt(own));
        }
    }

    /// <summary>By Simpson's rule; to 1e-6.</summary>
    private static double NormalShareBelow(double z)
    {
        const int steps = 200;
        var end = Math.Clamp(z, -8, 8);
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var sum = Density(0) + Density(end);
        for (var i = 1; i < steps; i++)
        {
            sum += (i % 2 == 0 ? 2 : 4) * Density(end * i / steps);
        }

        return 0.5 + (sum * end / steps / 3);
    }

    private sealed record Fitted(TrainedModels Models, double[] Known) : IDisposable
    {
        public void Dispose() => Models.Dispose();
    }

    /// <param name="Found">Affluents among the further customers at or above the threshold, of <paramref name="Fresh"/>.</param>
    /// <param name="List">Further customers at or above it.</param>
    /// <param name="Shortest">The shortest list of the same model with that recall.</param>
    private sealed record Line(string File, string Rule, int Split, double Recall, int Found, int Fresh, int List, int Shortest)
    {
        internal double Reached => (double)Found / Fresh;

        internal double Cost => (double)List / Shortest;

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{File}\t{Rule}\t{Split}\t{Recall:0.00}\t{Found}\t{Fresh}\t{List}\t{Shortest}\n");

        internal static Line Parse(string line)
        {
            var cells = line.Split('\t');
            int Whole(int cell) => int.Parse(cells[cell], CultureInfo.InvariantCulture);
            return new Line(cells[0], cells[1], Whole(2), double.Parse(cells[3], CultureInfo.InvariantCulture), Whole(4), Whole(5), Whole(6), Whole(7));
        }
    }
}
