using System.Diagnostics;
using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Benchmarks;

/// <summary>
/// What <c>ModelPackage.Score</c> makes of XGBoost's own in-place prediction: a quick model of the invented file of <see cref="ProfileCase"/>,
/// scored from the columns, against the same rows lying ready as floats and predicted in the same batches by as many threads.
/// </summary>
internal static class ScoringCase
{
    internal const string Header = "| rows | XGBoost in place (rows/s) | Campaign (rows/s) | share |\n|---|---|---|---|";

    private const int BatchRowCount = 4096;
    private const int Times = 7;

    internal static Task MeasureAsync(string folder, int rowCount)
    {
        var tableFolder = Path.Combine(folder, "scoring-" + rowCount.ToString(CultureInfo.InvariantCulture));
        var affluent = ProfileCase.Write(tableFolder, rowCount);
        using var table = ColumnTable.Open(tableFolder);
        var features = FeatureSource.ForTraining(table, [.. table.Columns.Select(column => column.Name)]);
        var recipe = TrainingRecipe.For(rowCount, 1, quick: true, features.Features.Count);
        var folds = CustomerFolds.Deal(CustomerIndex.Of(table, null), affluent, recipe.FoldCount, recipe.RepeatCount, recipe.Seed);
        using var data = new TrainingData(features, affluent, folds);
        var (_, models) = OutOfFoldScores.Compute(data, recipe, Environment.ProcessorCount);
        using var owned = models;
        var packageFolder = Path.Combine(folder, "model");
        ModelPackage.Write(
            packageFolder,
            new ModelManifest(features.Features, null, null, null, null, new string('0', 64), PackageMember.Of(models), new Dictionary<string, string>()),
            models);
        using var package = ModelPackage.Open(packageFolder);

        var width = features.Features.Count;
        var values = new float[rowCount * width];
        features.Fill([.. Enumerable.Range(0, rowCount)], values);
        var margins = new float[rowCount];
        var (inPlace, ours) = (new double[Times], new double[Times]);
        for (var i = 0; i < Times; i++)
        {
            inPlace[i] = Seconds(() => Parallel.For(0, (rowCount + BatchRowCount - 1) / BatchRowCount, batch =>
            {
                var (first, count) = (batch * BatchRowCount, Math.Min(BatchRowCount, rowCount - (batch * BatchRowCount)));
                models.Final.Members[0].Booster.PredictMargins(values.AsSpan(first * width, count * width), margins.AsSpan(first, count));
            }));
            ours[i] = Seconds(() => package.Score(table, Environment.ProcessorCount));
        }

        Array.Sort(inPlace);
        Array.Sort(ours);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {rowCount / inPlace[Times / 2]:N0} | {rowCount / ours[Times / 2]:N0} | {inPlace[Times / 2] / ours[Times / 2]:P0} |"));
        return Task.CompletedTask;
    }

    private static double Seconds(Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalSeconds;
    }
}
