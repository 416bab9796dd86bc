using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Explanations;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class DerivedFeatureTests
{
    private static readonly DateOnly Drawn = new(2024, 2, 29);
    private static readonly DerivedFeature CardUse = DerivedFeature.Ratio("CC_AVE", "CC_LMT");
    private static readonly DerivedFeature SinceOpened = DerivedFeature.DaysSince("opened");
    private static readonly DerivedFeature Age = DerivedFeature.YearsSince("born");

    [Theory]
    [InlineData(50, 200, 0.25)]
    [InlineData(-50, 200, -0.25)]
    [InlineData(0, 200, 0)]
    [InlineData(50, 0, float.NaN)]
    [InlineData(50, -200, float.NaN)]
    [InlineData(0, 0, float.NaN)]
    [InlineData(float.NaN, 200, float.NaN)]
    [InlineData(50, float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, 200, 1e37f)]
    [InlineData(1e30f, 1e-20f, 1e37f)]
    public void A_ratio_is_undefined_where_a_part_is_missing_or_the_denominator_is_not_above_zero(float numerator, float denominator, float ratio)
    {
        using var file = new InventedTable(("CC_AVE", ColumnKind.Number, new[] { numerator }), ("CC_LMT", ColumnKind.Number, new[] { denominator }));

        Assert.Equal([ratio], Values(FeatureSource.ForTraining(file.Table, [], [CardUse])));
    }

    [Fact]
    public void Times_are_counted_to_the_reference_day_and_undefined_after_it()
    {
        using var file = Dated([Drawn, new(2024, 2, 28), new(2023, 2, 28), null, new(2024, 3, 1)], [null, new(1984, 2, 29), null, new(2024, 3, 1), null]);
        var features = FeatureSource.ForTraining(file.Table, ["opened"], [SinceOpened, Age], Drawn);
        float[] days = new float[5], years = new float[5];
        features.FillColumn(1, days);
        features.FillColumn(2, years);

        Assert.Equal([0f, 1f, 366f, float.NaN, float.NaN], days);
        Assert.Equal([float.NaN, 40f, float.NaN, float.NaN, float.NaN], years);
    }

    [Fact]
    public void The_reference_day_is_the_files_latest_event_that_is_not_in_the_future()
    {
        using var file = Dated([new(2024, 2, 1), null, new(9999, 12, 31), new(2024, 1, 1)], [new(2024, 2, 20), null, null, null]);

        Assert.Equal(new DateOnly(2024, 2, 1), DerivedFeature.ReferenceDay(file.Table, [SinceOpened, Age], Drawn));
        Assert.Equal(new DateOnly(2024, 2, 1), DerivedFeature.ReferenceDay(file.Table, [SinceOpened], new(2024, 2, 1)));
        Assert.Equal(new DateOnly(2024, 1, 1), DerivedFeature.ReferenceDay(file.Table, [SinceOpened], new(2024, 1, 31)));
        Assert.Equal(new DateOnly(2023, 5, 5), DerivedFeature.ReferenceDay(file.Table, [SinceOpened], new(2023, 5, 5)));
        Assert.Equal(Drawn, DerivedFeature.ReferenceDay(file.Table, [Age], Drawn));
        Assert.Null(DerivedFeature.ReferenceDay(file.Table, [CardUse], Drawn));
    }

    [Fact]
    public void A_file_drawn_later_has_a_later_reference_day_so_recency_keeps_its_meaning()
    {
        DateOnly?[] opened = [new(2024, 2, 1), new(2023, 12, 1), new(2024, 1, 31)];
        using var training = Dated(opened, new DateOnly?[3]);
        using var aYearLater = Dated([.. opened.Select(day => day?.AddDays(365))], new DateOnly?[3]);
        var known = FeatureSource.ForTraining(training.Table, ["opened"], [SinceOpened], DerivedFeature.ReferenceDay(training.Table, [SinceOpened], Drawn)).Features;
        var day = DerivedFeature.ReferenceDay(aYearLater.Table, [SinceOpened], Drawn.AddDays(365));
        var since = new float[3];
        FeatureSource.ForScoring(aYearLater.Table, known, day).FillColumn(1, since);

        Assert.Equal([0f, 62f, 1f], since);
    }

    [Fact]
    public void Derived_features_follow_the_columns_and_are_the_same_in_training_and_in_scoring()
    {
        using var training = Bank(0);
        using var scoring = Bank(1);
        var asTrained = FeatureSource.ForTraining(training.Table, ["job", "CC_LMT"], [CardUse, SinceOpened], Drawn);
        var asScored = FeatureSource.ForScoring(scoring.Table, asTrained.Features, Drawn);

        Assert.Equal(["job", "CC_LMT", "CC_AVE / CC_LMT", "days since opened"], asTrained.Features.Select(feature => feature.Name));
        Assert.Equal(Values(asTrained), Values(asScored));
        Assert.Equal(4 * 300, Values(asTrained).Length);
    }

    [Fact]
    public void An_input_that_is_missing_or_of_another_kind_is_refused_by_name()
    {
        using var training = Bank(0);
        var known = FeatureSource.ForTraining(training.Table, ["CC_LMT"], [CardUse, SinceOpened], Drawn).Features;
        using var without = new InventedTable(("CC_LMT", ColumnKind.Number, new float[1]), ("opened", ColumnKind.Date, new float[1]));
        using var texts = new InventedTable(
            ("CC_LMT", ColumnKind.Number, new float[1]), ("CC_AVE", ColumnKind.Number, new float[1]), ("opened", ColumnKind.Category, new[] { "long ago" }));
        using var blank = new InventedTable(
            ("CC_LMT", ColumnKind.Number, new[] { 1f }), ("CC_AVE", ColumnKind.Number, new[] { 1f }), ("opened", ColumnKind.Category, new string?[1]));

        Assert.Equal(
            "The file has no column 'CC_AVE', which the model needs: add it, or check the header's spelling.",
            Assert.Throws<RefusedException>(() => FeatureSource.ForScoring(without.Table, known, Drawn)).Message);
        Assert.Equal(
            "Column 'opened' holds text, but the model learned it as dates: give the column as in the training file.",
            Assert.Throws<RefusedException>(() => FeatureSource.ForScoring(texts.Table, known, Drawn)).Message);
        Assert.Equal([1f, 1f, float.NaN], Values(FeatureSource.ForScoring(blank.Table, known, Drawn)));
    }

    [Fact]
    public void A_name_twice_is_refused_and_time_without_a_day_is_an_error()
    {
        using var file = Bank(0);

        Assert.Equal(
            "Two features are called 'CC_LMT': leave the column or the derived feature out.",
            Assert.Throws<RefusedException>(() => FeatureSource.ForTraining(file.Table, ["CC_LMT"], [CardUse with { Name = "CC_LMT" }])).Message);
        Assert.Throws<ArgumentNullException>(() => FeatureSource.ForTraining(file.Table, ["CC_LMT"], [SinceOpened]));
    }

    [Fact]
    public void A_date_is_a_feature_like_a_number_and_refused_where_it_became_one()
    {
        using var training = Dated([Drawn, null], [null, null]);
        using var numbers = new InventedTable(("opened", ColumnKind.Number, new[] { 45351f }));
        var features = FeatureSource.ForTraining(training.Table, ["opened"]);

        Assert.Equal([ColumnTable.DateNumber(Drawn), float.NaN], Values(features));
        Assert.Equal(Values(features), Values(FeatureSource.ForScoring(training.Table, features.Features)));
        Assert.Equal(
            "Column 'opened' holds numbers, but the model learned it as dates: give the column as in the training file.",
            Assert.Throws<RefusedException>(() => FeatureSource.ForScoring(numbers.Table, features.Features)).Message);
    }

    [Fact]
    public void A_package_keeps_them_names_their_inputs_and_scores_as_it_trained()
    {
        using var bank = Bank(0);
        var folder = Directory.CreateTempSubdirectory("campaign-derived-").FullName;
        try
        {
            bool[] affluent = [.. Enumerable.Range(0, bank.Table.RowCount).Select(row => row % 5 == 0)];
            var features = FeatureSource.ForTraining(bank.Table, ["job"], [CardUse, SinceOpened], Drawn);
            var folds = CustomerFolds.Deal(CustomerIndex.Of([.. Enumerable.Range(0, affluent.Length)]), affluent, OracleSample.Recipe.FoldCount, OracleSample.Recipe.RepeatCount, 1);
            using var data = new TrainingData(features, affluent, folds);
            var (scores, models) = OutOfFoldScores.Compute(data, OracleSample.Recipe, 1);
            using (models)
            {
                ModelPackage.Write(
                    folder,
                    new ModelManifest(features.Features, null, 0.5, ThresholdRule.ByHand, null, new string('a', 64), PackageMember.Of(models), new Dictionary<string, string>()) { ReferenceDay = Drawn },
                    models);
            }

            using var package = ModelPackage.Open(folder);
            var kinds = new Dictionary<string, ColumnKind> { ["job"] = ColumnKind.Category, ["CC_AVE"] = ColumnKind.Number, ["CC_LMT"] = ColumnKind.Number, ["opened"] = ColumnKind.Date };
            double[] inSample = [.. scores.InSampleLogOdds.ToArray().Select(value => (double)value)];

            Assert.Equal([CardUse, SinceOpened], package.Manifest.DerivedFeatures);
            Assert.Equal(kinds, package.Manifest.InputKinds());
            Assert.Equal(Drawn, package.Manifest.ReferenceDay);
            Assert.Equal(inSample, package.Score(bank.Table, referenceDay: Drawn));
            Assert.NotEqual(inSample, package.Score(bank.Table, referenceDay: Drawn.AddDays(-200)));
            Assert.Contains("\"formula\": \"ratio\"", File.ReadAllText(Path.Combine(folder, ModelPackage.ManifestFileName)), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_feature_written_before_there_were_derived_ones_is_still_read()
    {
        var read = JsonSerializer.Deserialize<FeatureColumn>("""{"name":"age","kind":0,"categories":[]}""", JsonSerializerOptions.Web);

        Assert.Equal(("age", (DerivedFeature?)null), (read!.Name, read.Derived));
        Assert.DoesNotContain("derived", JsonSerializer.Serialize(read, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_names_the_formula_and_reads_as_a_sentence()
    {
        // Normals use 0.12 of their limits around the middle, one affluent in ten rows 0.83.
        using var file = new InventedTable(
            ("CC_AVE", ColumnKind.Number, Enumerable.Range(0, 1000).Select(row => row >= 900 ? 830f : 70f + (row / 9f)).ToArray()),
            ("CC_LMT", ColumnKind.Number, Enumerable.Repeat(1000f, 1000).ToArray()));
        bool[] affluent = [.. Enumerable.Range(0, 1000).Select(row => row >= 900)];
        var comparison = ColumnComparison.ForAll(FeatureSource.ForTraining(file.Table, [], [CardUse]), affluent)[0];

        Assert.Equal("CC_AVE / CC_LMT is 0.83: far above the typical normal customer's 0.12; typical affluent 0.83", comparison.Explain(0.83f, 0.4).Sentence);
        Assert.Equal("CC_AVE / CC_LMT is 0.0034: far below the typical normal customer's 0.12; typical affluent 0.83", comparison.Explain(0.0034f, 0.4).Sentence);
    }

    [Fact]
    public void Values_are_those_of_numpy_and_datetime()
    {
        var reference = OracleSample.Reference("derived.json");
        using var file = new InventedTable(
            ("debt", ColumnKind.Number, Cells(reference, "debt")), ("income", ColumnKind.Number, Cells(reference, "income")),
            ("opened", ColumnKind.Date, Days(reference, "opened")), ("born", ColumnKind.Date, Days(reference, "born")));
        DerivedFeature[] derived = [DerivedFeature.Ratio("debt", "income"), SinceOpened, Age];
        var day = DerivedFeature.ReferenceDay(file.Table, derived, Day(reference.GetProperty("uploaded")));
        var features = FeatureSource.ForTraining(file.Table, [], derived, day);
        var values = new float[features.RowCount];

        Assert.Equal(Day(reference.GetProperty("reference")), day);
        foreach (var (feature, name) in new[] { (0, "ratio"), (1, "daysSince"), (2, "yearsSince") })
        {
            features.FillColumn(feature, values);
            Assert.Equal(Cells(reference, name), values);
        }
    }

    private static float[] Cells(JsonElement reference, string name) =>
        [.. reference.GetProperty(name).EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.Null ? float.NaN : cell.GetSingle())];

    private static float[] Days(JsonElement reference, string name) =>
        [.. reference.GetProperty(name).EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.Null ? float.NaN : ColumnTable.DateNumber(Day(cell)))];

    private static DateOnly Day(JsonElement cell) => DateOnly.ParseExact(cell.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static float[] Values(FeatureSource features)
    {
        var values = new float[features.RowCount * features.Features.Count];
        features.Fill([.. Enumerable.Range(0, features.RowCount)], values);
        return values;
    }

    private static InventedTable Dated(DateOnly?[] opened, DateOnly?[] born) => new(
        ("opened", ColumnKind.Date, opened.Select(Number).ToArray()), ("born", ColumnKind.Date, born.Select(Number).ToArray()));

    private static float Number(DateOnly? day) => day is { } known ? ColumnTable.DateNumber(known) : float.NaN;

    /// <summary>300 invented customers; the same with their columns in another order.</summary>
    private static InventedTable Bank(int order)
    {
        (string, ColumnKind, Array)[] columns =
        [
            ("CC_AVE", ColumnKind.Number, Rows(row => row % 7 == 0 ? float.NaN : row * 37 % 101)),
            ("job", ColumnKind.Category, Rows(row => row % 3 == 0 ? "CLERK" : "TEACHER")),
            ("CC_LMT", ColumnKind.Number, Rows(row => (row * 53 % 97) - 5f)),
            ("opened", ColumnKind.Date, Rows(row => row % 11 == 0 ? float.NaN : ColumnTable.DateNumber(Drawn) - (row * 29 % 400))),
        ];
        return new(order == 0 ? columns : [.. columns.Reverse()]);
    }

    private static T[] Rows<T>(Func<int, T> cell) => [.. Enumerable.Range(0, 300).Select(cell)];
}
