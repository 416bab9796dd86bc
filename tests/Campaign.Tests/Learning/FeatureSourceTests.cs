using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class FeatureSourceTests : IDisposable
{
    private readonly InventedTable _training = new(
        ("Kontostand €", ColumnKind.Number, new[] { 1.5f, float.NaN, -3f, float.PositiveInfinity }),
        ("job", ColumnKind.Category, new[] { "TEACHER", "CLERK", null, "CLERK" }),
        ("note", ColumnKind.Text, new[] { "a", "b", "c", "d" }));

    public void Dispose() => _training.Dispose();

    [Fact]
    public void Rows_are_given_in_the_order_asked_for_and_columns_in_the_order_named()
    {
        var features = FeatureSource.ForTraining(_training.Table, ["job", "Kontostand €"]);
        var values = new float[6];
        features.Fill([2, 0, 1], values);

        Assert.Equal([float.NaN, -3f, 1f, 1.5f, 0f, float.NaN], values);
        Assert.Equal([FeatureType.Category, FeatureType.Number], features.Types);
        Assert.Equal(["CLERK", "TEACHER"], features.Features[0].Categories);
    }

    [Fact]
    public void A_column_of_all_rows_is_that_of_the_rows_one_by_one()
    {
        var features = FeatureSource.ForTraining(_training.Table, ["job", "Kontostand €"]);
        var column = new float[4];
        features.FillColumn(1, column);

        Assert.Equal([1.5f, float.NaN, -3f], column[..3]);
        Assert.True(float.IsFinite(column[3]) && column[3] > 1e30f, "infinity is capped, XGBoost refuses it");
    }

    [Fact]
    public void A_replaced_column_has_other_values_and_the_source_itself_stays()
    {
        var features = FeatureSource.ForTraining(_training.Table, ["job", "Kontostand €"], [DerivedFeature.Ratio("Kontostand €", "Kontostand €")]);
        var (before, number, category) = (new float[6], new float[6], new float[6]);
        features.With(1, [7, 8, 9, 10]).Fill([1, 2], number);
        features.With(0, [0, 1, float.NaN, 0]).Fill([1, 2], category);
        features.Fill([1, 2], before);

        Assert.Equal([0f, 8f, 1f, float.NaN, 9f, 1f], number);
        Assert.Equal([1f, float.NaN, float.NaN, float.NaN, -3f, float.NaN], category);
        Assert.Equal([0f, float.NaN, float.NaN, float.NaN, -3f, float.NaN], before);
        Assert.Throws<ArgumentException>(() => features.With(1, [1]));
        Assert.Throws<ArgumentException>(() => features.With(2, [1, 2, 3, 4]));
    }

    [Fact]
    public void A_new_files_dictionary_is_mapped_onto_the_training_dictionary_and_unseen_categories_are_missing()
    {
        using var scoring = new InventedTable(
            ("job", ColumnKind.Category, new[] { "ASTRONAUT", "TEACHER", "CLERK", null }),
            ("extra", ColumnKind.Number, new float[4]),
            ("Kontostand €", ColumnKind.Number, new[] { 4f, 3f, 2f, 1f }));
        var features = FeatureSource.ForScoring(scoring.Table, FeatureSource.ForTraining(_training.Table, ["Kontostand €", "job"]).Features);
        var values = new float[8];
        features.Fill([0, 1, 2, 3], values);

        Assert.Equal([4f, float.NaN, 3f, 1f, 2f, 0f, 1f, float.NaN], values);
    }

    [Fact]
    public void Categories_that_look_like_numbers_in_the_new_file_are_found_by_their_text()
    {
        using var training = new InventedTable(("branch", ColumnKind.Category, new[] { "12", "7", "HQ" }));
        using var scoring = new InventedTable(("branch", ColumnKind.Number, new[] { 7f, 12f, 99f }));
        var features = FeatureSource.ForScoring(scoring.Table, FeatureSource.ForTraining(training.Table, ["branch"]).Features);
        var values = new float[3];
        features.Fill([0, 1, 2], values);

        Assert.Equal([1f, 0f, float.NaN], values);
    }

    [Fact]
    public void A_missing_column_is_refused_by_name()
    {
        var refused = Assert.Throws<RefusedException>(() => FeatureSource.ForTraining(_training.Table, ["age"]));
        Assert.Equal("The file has no column 'age', which the model needs: add it, or check the header's spelling.", refused.Message);
    }

    [Fact]
    public void Text_where_the_model_knows_numbers_is_refused_by_name()
    {
        using var scoring = new InventedTable(("Kontostand €", ColumnKind.Category, new[] { "lots" }));
        var refused = Assert.Throws<RefusedException>(
            () => FeatureSource.ForScoring(scoring.Table, FeatureSource.ForTraining(_training.Table, ["Kontostand €"]).Features));
        Assert.StartsWith("Column 'Kontostand €' holds text, but the model learned it as numbers", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Free_text_and_no_column_at_all_are_refused()
    {
        Assert.Contains("'note' has too many different texts", Assert.Throws<RefusedException>(
            () => FeatureSource.ForTraining(_training.Table, ["note"])).Message, StringComparison.Ordinal);
        Assert.Contains("No column is left", Assert.Throws<RefusedException>(
            () => FeatureSource.ForTraining(_training.Table, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_values_stand_in_their_row_alone_and_in_what_is_computed_from_them()
    {
        using var table = new InventedTable(
            ("use", ColumnKind.Number, new[] { 10f, 20f }), ("limit", ColumnKind.Number, new[] { 100f, 100f }), ("job", ColumnKind.Category, new[] { "A", "B" }));
        var recorded = FeatureSource.ForTraining(table.Table, ["use", "job"], [DerivedFeature.Ratio("use", "limit")]);

        Assert.Equal([10f, 0f, 0.1f, 20f, 1f, 0.2f], Filled(recorded));
        Assert.Equal([10f, 0f, 0.1f, 20f, 0f, 0.4f], Filled(recorded.WithChanges(1, new Dictionary<string, float> { ["limit"] = 50, ["job"] = 0 })));
        Assert.Equal([float.NaN, 0f, float.NaN, 20f, 1f, 0.2f], Filled(recorded.WithChanges(0, new Dictionary<string, float> { ["use"] = float.NaN })));

        static float[] Filled(FeatureSource features)
        {
            var values = new float[6];
            features.Fill([0, 1], values);
            return values;
        }
    }

    [Fact]
    public void Room_of_the_wrong_size_is_an_error()
    {
        var features = FeatureSource.ForTraining(_training.Table, ["job"]);
        Assert.Throws<ArgumentException>(() => features.Fill([0, 1], new float[3]));
    }
}
