using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Tests.Learning;
using Campaign.Tests.Support;
using Campaign.Web.CommandLine;
using Xunit;

namespace Campaign.Tests.CommandLine;

/// <summary>docs/score_with_python.py against <c>campaign score</c>, on a model with members of every family and features of every kind.</summary>
public sealed class ScoreWithPythonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithPython("numpy", "xgboost")]
    public async Task The_script_gives_the_scores_of_the_score_command()
    {
        var model = WriteModel();
        var file = _folder.Combine("new.csv");
        await File.WriteAllTextAsync(file, Customers(first: 1000, rowCount: 300, isNew: true));

        foreach (var asOf in new string[][] { [], ["--as-of", "2024-06-30"] })
        {
            var (ours, theirs) = (_folder.Combine("ours.csv"), _folder.Combine("theirs.csv"));
            Assert.Equal(0, await ScoreCommand.Create().Parse([file, "--model", model, "--out", ours, .. asOf]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
            await Tool.RunAsync(FactWithPythonAttribute.Python, [RepositoryFiles.PathOf("docs/score_with_python.py"), model, file, theirs, .. asOf]);

            var (expected, found) = (Read(ours), Read(theirs));
            Assert.Equal(300, found.Count);
            Assert.Equal(expected.Select(row => (row.Id, row.Selected)), found.Select(row => (row.Id, row.Selected)));
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6));
            Assert.True(expected.Select(row => row.Score).Distinct().Count() > 100);
            Assert.Equal(2, expected.Select(row => row.Selected).Distinct().Count());
        }
    }

    /// <summary>An ensemble of the three families, trained on invented customers.</summary>
    private string WriteModel()
    {
        var file = _folder.Combine("customers.csv");
        File.WriteAllText(file, Customers(first: 0, rowCount: 600, isNew: false));
        var kinds = new Dictionary<string, ColumnKind>
        {
            ["age"] = ColumnKind.Number, ["balance"] = ColumnKind.Number, ["limit"] = ColumnKind.Number, ["opened"] = ColumnKind.Date, ["job"] = ColumnKind.Category,
        };
        using var table = DatasetCatalog.ReadFile(file, "customers.csv", _folder.Combine("columns"), kinds);
        DerivedFeature[] derived = [DerivedFeature.Ratio("balance", "limit"), DerivedFeature.DaysSince("opened"), DerivedFeature.YearsSince("opened")];
        var day = DerivedFeature.ReferenceDay(table, derived, new DateOnly(2025, 1, 1));
        var features = FeatureSource.ForTraining(table, ["age", "job", "balance"], derived, day);
        bool[] affluent = [.. Enumerable.Range(0, table.RowCount).Select(IsAffluent)];
        var folds = CustomerFolds.Deal(CustomerIndex.Of([.. Enumerable.Range(0, table.RowCount)]), affluent, 4, 2, seed: 5);
        using var data = new TrainingData(features, affluent, folds);
        var boosted = OracleSample.Recipe with { MaxTreeCount = 60 };
        TrainingRecipe[] recipes = [boosted, TrainingRecipe.ForestBeside(boosted, table.RowCount) with { TreesPerRound = 20 }, TrainingRecipe.ElasticNetBeside(boosted)];
        using var models = TrainedModels.Combine([.. recipes.Select(recipe => OutOfFoldScores.Compute(data, recipe, 1).Models)], [0.5, 0.3, 0.2]);
        var place = _folder.Combine("model");
        ModelPackage.Write(
            place,
            new ModelManifest(
                features.Features, "customer_id", 0.4, ThresholdRule.ByHand, null, new string('a', 64), PackageMember.Of(models),
                new Dictionary<string, string> { ["xgboost"] = "1.7.4" }) { ReferenceDay = day },
            models);
        return place;
    }

    /// <param name="isNew">With gaps, a job that the model never saw, a limit of nothing, a day that has not come and numbers far outside.</param>
    private static string Customers(int first, int rowCount, bool isNew)
    {
        var text = new StringBuilder("customer_id,job,age,balance,limit,opened\n");
        for (var row = first; row < first + rowCount; row++)
        {
            var job = isNew && row % 11 == 0 ? "astronaut" : row % 13 == 0 ? "" : row % 3 == 0 ? "clerk" : row % 3 == 1 ? "teacher" : "pilot";
            var age = row % 17 == 0 ? "NA" : Age(row).ToString(CultureInfo.InvariantCulture);
            var balance = isNew && row % 19 == 0 ? "1e30" : row % 23 == 0 ? "" : Balance(row).ToString("0.00", CultureInfo.InvariantCulture);
            var opened = isNew && row % 29 == 0 ? "2024-12-31" : new DateOnly(2010, 1, 1).AddDays(row * 53 % 5000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"C{row:0000},{job},{age},{balance},{(row % 31 == 0 ? 0 : 1000 + (row * 37 % 4000))},{opened}\n");
        }

        return text.ToString();
    }

    private static int Age(int row) => 20 + (row * 37 % 50);

    private static double Balance(int row) => row * 7919 % 900001 / 100.0;

    private static bool IsAffluent(int row) => (Balance(row) > 5500 && Age(row) > 32) != (row % 27 == 0);

    private static List<(string Id, double Score, string Selected)> Read(string path) =>
    [
        .. File.ReadAllLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture), cells[3])),
    ];
}
