using Campaign.Learning;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class LinearDesignTests
{
    private const int RowCount = 200;

    [Fact]
    public void Numbers_are_drawn_in_and_standardised_and_indicators_are_centred()
    {
        float[] balance = [.. Enumerable.Range(0, RowCount).Select(row => row < 40 ? float.NaN : row == 199 ? 1e9f : row)];
        string?[] job = [.. Enumerable.Range(0, RowCount).Select(row => row % 4 == 0 ? "clerk" : row % 4 == 1 ? "owner" : row < 6 ? "rare" : null)];
        using var invented = new InventedTable(("balance", ColumnKind.Number, balance), ("job", ColumnKind.Category, job), ("same", ColumnKind.Number, new float[RowCount]));
        var features = FeatureSource.ForTraining(invented.Table, ["balance", "job", "same"]);
        var design = LinearDesign.Of(features);

        // No column for a category of two rows, nor for a number that never differs.
        Assert.Equal(
            [(0, DesignColumnKind.Number), (0, DesignColumnKind.Missing), (1, DesignColumnKind.Category), (1, DesignColumnKind.Category), (1, DesignColumnKind.Missing)],
            design.Columns.Select(column => (column.Feature, column.Kind)));
        var values = new float[RowCount * design.Columns.Count];
        design.Fill(features, [.. Enumerable.Range(0, RowCount)], values);
        var columns = Enumerable.Range(0, design.Columns.Count).Select(i => Enumerable.Range(0, RowCount).Select(row => (double)values[(row * design.Columns.Count) + i]).ToArray()).ToArray();

        Assert.All(columns, column => Assert.Equal(0, column.Average(), 1e-5));
        Assert.Equal(0, columns[0][3]);
        Assert.Equal(1, columns[0][40..].Average(value => value * value), 1e-4);
        Assert.InRange(columns[0][199], 1, 3);
        Assert.Equal((0.8, -0.2), (Math.Round(columns[1][0], 6), Math.Round(columns[1][50], 6)));
        Assert.Equal((0.75, -0.25), (Math.Round(columns[2][0], 6), Math.Round(columns[2][1], 6)));
    }

    [Fact]
    public void A_file_to_be_scored_is_measured_by_the_training_files_means()
    {
        using var training = new InventedTable(("balance", ColumnKind.Number, Enumerable.Range(0, RowCount).Select(row => (float)row).ToArray()));
        using var other = new InventedTable(("balance", ColumnKind.Number, new float[] { 99.5f, float.NaN, 1e6f }));
        var features = FeatureSource.ForTraining(training.Table, ["balance"]);
        var design = LinearDesign.Of(features);
        var values = new float[3];
        design.Fill(FeatureSource.ForScoring(other.Table, features.Features), [0, 1, 2], values);

        Assert.Equal([0f, 0f], values[..2]);
        Assert.InRange(values[2], 1.6, 1.8);
    }
}
