using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class ModelPackageTests : IDisposable
{
    private const string FinalFileName = "final-boosted-trees.ubj";

    private readonly OracleSample _sample = new();
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("campaign-package-").FullName, "modèle");
    private readonly OutOfFoldScores _scores;
    private readonly ModelManifest _manifest;

    public ModelPackageTests()
    {
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, 1);
        using (models)
        {
            _scores = scores;
            string[] ids = [.. Enumerable.Range(0, 600).Select(row => _sample.Table.Text(0, row)!)];
            string[] distinct = [.. ids.Distinct()];
            _manifest = ModelPackage.Write(
                _folder,
                new ModelManifest(
                    _sample.Features.Features,
                    "customer",
                    0.25,
                    ThresholdRule.Promise,
                    new RecallPromise(0.9, 0.95, 137, 130),
                    new string('a', 64),
                    PackageMember.Of(models),
                    new Dictionary<string, string> { ["xgboost"] = "1.7.4" })
                {
                    KnownCustomers = KnownCustomers.Write(_folder, distinct, [.. ids.Select(id => Array.IndexOf(distinct, id))], _sample.Folds, threadCount: 2),
                },
                models);
        }
    }

    public void Dispose()
    {
        _sample.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var package = ModelPackage.Open(_folder);
        var manifest = package.Manifest;

        Assert.Equal(["balance", "products", "age", "job"], manifest.Features.Select(feature => feature.Name));
        Assert.Equal(["CLERK", "MANAGER", "RETIREE", "STUDENT", "TEACHER"], manifest.Features[3].Categories);
        Assert.Equal((0.25, ThresholdRule.Promise, new RecallPromise(0.9, 0.95, 137, 130)), (manifest.Threshold, manifest.ThresholdRule, manifest.Promise));
        Assert.Equal(("customer", new PackageMember("boosted-trees", 1, OracleSample.Recipe, 40, null)), (manifest.IdColumn, Assert.Single(manifest.Members)));
        Assert.Equal((4, 2), (manifest.FoldCount, manifest.RepeatCount));
        Assert.Equal(2 * 4 + 1, manifest.ModelHashes.Count);
        Assert.Matches("^[0-9a-f]{64}$", package.ModelHash);
    }

    [Fact]
    public void The_file_itself_scores_as_in_sample_with_any_thread_count()
    {
        using var package = ModelPackage.Open(_folder);
        double[] expected = [.. _scores.InSampleLogOdds.ToArray().Select(value => (double)value)];

        Assert.Equal(expected, package.Score(_sample.Table));
        Assert.Equal(expected, package.Score(_sample.Table, threadCount: 4));
    }

    [Fact]
    public void Customers_who_were_in_training_get_exactly_their_out_of_fold_log_odds_with_any_thread_count()
    {
        using var package = ModelPackage.Open(_folder);
        var once = package.ScoreCustomers(_sample.Table);
        var again = package.ScoreCustomers(_sample.Table, threadCount: 4);

        Assert.Equal(_scores.LogOdds.ToArray(), once.LogOdds);
        Assert.Equal(once.LogOdds, again.LogOdds);
        Assert.All(once.ByHeldOutModels, Assert.True);
    }

    [Fact]
    public void New_customers_among_known_ones_get_the_final_models_log_odds()
    {
        using var package = ModelPackage.Open(_folder);
        using var mixed = MixedFile();
        var scored = package.ScoreCustomers(mixed.Table);

        Assert.Equal([true, false, true, false], scored.ByHeldOutModels);
        Assert.Equal([_scores.LogOdds[0], _scores.InSampleLogOdds[1], _scores.LogOdds[2], _scores.InSampleLogOdds[3]], scored.LogOdds);
    }

    [Fact]
    public void A_package_that_keeps_no_customers_scores_all_by_the_final_model()
    {
        using (var models = LoadedModels())
        {
            ModelPackage.Write(_folder, _manifest with { KnownCustomers = null, IdColumn = null }, models);
        }

        File.Delete(Path.Combine(_folder, KnownCustomers.FileName));
        using var package = ModelPackage.Open(_folder);
        var scored = package.ScoreCustomers(_sample.Table);

        Assert.Equal(package.Score(_sample.Table), scored.LogOdds);
        Assert.All(scored.ByHeldOutModels, Assert.False);
        Assert.DoesNotContain("knownCustomers", File.ReadAllText(Path.Combine(_folder, ModelPackage.ManifestFileName)), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_customers_that_were_changed_or_lost_are_refused_when_a_file_is_scored()
    {
        var path = Path.Combine(_folder, KnownCustomers.FileName);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var package = ModelPackage.Open(_folder);
        Assert.Contains("nobody can tell who was in training", Assert.Throws<RefusedException>(() => package.ScoreCustomers(_sample.Table)).Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Throws<RefusedException>(() => package.ScoreCustomers(_sample.Table));
    }

    [Fact]
    public void The_models_that_held_a_row_out_are_those_of_its_folds()
    {
        using var package = ModelPackage.Open(_folder);
        var models = package.LoadHeldOut(_sample.Folds, 17);
        var logOdds = new float[_scores.RowCount];
        for (var repeat = 0; repeat < 2; repeat++)
        {
            using var model = models[repeat];
            model.PredictLogOdds(_sample.Features, [17], logOdds);
            Assert.Equal(_scores.OfRepeat(repeat)[17], logOdds[17]);
        }
    }

    [Fact]
    public void The_fold_models_come_back_as_they_were()
    {
        using var package = ModelPackage.Open(_folder);
        using var models = package.LoadModels();
        var rows = _sample.Folds.Rows(1, 2);
        var logOdds = new float[_scores.RowCount];
        models.FoldModels[1][2].PredictLogOdds(_sample.Features, rows, logOdds);

        Assert.Equal(rows.Select(row => _scores.OfRepeat(1)[row]), rows.Select(row => logOdds[row]));
        Assert.Equal(40, models.TreeCount);
    }

    [Fact]
    public void Another_threshold_changes_the_manifest_and_no_model()
    {
        var before = File.ReadAllBytes(Path.Combine(_folder, FinalFileName));
        ModelPackage.WriteThreshold(_folder, new OperatingThreshold(0.5), ThresholdRule.ByHand, null);
        using var package = ModelPackage.Open(_folder);

        Assert.Equal(new OperatingThreshold(0.5), package.Threshold);
        Assert.Equal((ThresholdRule.ByHand, (RecallPromise?)null), (package.Manifest.ThresholdRule, package.Manifest.Promise));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder, FinalFileName)));
    }

    private TrainedModels LoadedModels()
    {
        using var package = ModelPackage.Open(_folder);
        return package.LoadModels();
    }

    /// <summary>The first four rows of the sample, the second and fourth under ids that training never saw.</summary>
    private InventedTable MixedFile()
    {
        var values = new float[16];
        _sample.Features.Fill([0, 1, 2, 3], values);
        float[] Numbers(int feature) => [.. Enumerable.Range(0, 4).Select(row => values[(row * 4) + feature])];
        return new InventedTable(
            ("customer", ColumnKind.Text, new[] { _sample.Table.Text(0, 0), "new-1", _sample.Table.Text(0, 2), "new-2" }),
            ("balance", ColumnKind.Number, Numbers(0)), ("products", ColumnKind.Number, Numbers(1)), ("age", ColumnKind.Number, Numbers(2)),
            ("job", ColumnKind.Category, Enumerable.Range(0, 4).Select(row => float.IsNaN(Numbers(3)[row]) ? null : _sample.Features.Features[3].Categories[(int)Numbers(3)[row]]).ToArray()));
    }

    [Fact]
    public void A_file_without_a_column_of_the_model_is_refused_by_name()
    {
        using var package = ModelPackage.Open(_folder);
        using var other = new InventedTable(("balance", ColumnKind.Number, new float[1]), ("age", ColumnKind.Number, new float[1]));

        Assert.Equal(
            "The file has no column 'products', which the model needs: add it, or check the header's spelling.",
            Assert.Throws<RefusedException>(() => package.Score(other.Table)).Message);
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => ModelPackage.Open(Path.GetDirectoryName(_folder)!));
        Assert.StartsWith("There is no model in '", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_file_that_was_changed_or_lost_is_refused()
    {
        var path = Path.Combine(_folder, FinalFileName);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("is not the model that package.json describes", Assert.Throws<RefusedException>(() => ModelPackage.Open(_folder)).Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Throws<RefusedException>(() => ModelPackage.Open(_folder));
    }

    [Fact]
    public void A_damaged_manifest_and_one_of_another_version_are_refused()
    {
        var path = Path.Combine(_folder, ModelPackage.ManifestFileName);
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text[..^20]);
        Assert.Contains("is damaged", Assert.Throws<RefusedException>(() => ModelPackage.Open(_folder)).Message, StringComparison.Ordinal);

        File.WriteAllText(path, text.Replace("\"formatVersion\": 2", "\"formatVersion\": 99", StringComparison.Ordinal));
        Assert.Contains("another version of Campaign", Assert.Throws<RefusedException>(() => ModelPackage.Open(_folder)).Message, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(text).RootElement.GetProperty("members")[0].GetProperty("recipe").ValueKind);
    }
}
