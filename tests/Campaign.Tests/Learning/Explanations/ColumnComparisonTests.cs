using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Explanations;
using Xunit;

namespace Campaign.Tests.Learning.Explanations;

public sealed class ColumnComparisonTests : IDisposable
{
    private readonly InventedTable _invented;
    private readonly IReadOnlyList<ColumnComparison> _comparisons;

    public ColumnComparisonTests()
    {
        // 1,000 rows, 100 of them affluent: the last ones.
        _invented = new InventedTable(
            ("Asset value", ColumnKind.Number, Rows(row => row >= 900 ? 800_000f + row : row % 10 == 0 ? float.NaN : row * 7f)),
            ("gn_occ", ColumnKind.Category, Rows(row => row % 4 == 0 ? "RETIREE" : row >= 900 && row % 2 == 0 ? null : "CLERK")),
            ("products", ColumnKind.Number, Rows(row => row >= 950 ? 4f : row % 3)));
        bool[] affluent = Rows(row => row >= 900);
        _comparisons = ColumnComparison.ForAll(FeatureSource.ForTraining(_invented.Table, ["Asset value", "gn_occ", "products"]), affluent);
    }

    public void Dispose() => _invented.Dispose();

    [Theory]
    [InlineData(812_000, "Asset value is 812,000: far above the typical normal customer's 3,143; typical affluent 800,949")]
    [InlineData(5_000, "Asset value is 5,000: above the typical normal customer's 3,143; typical affluent 800,949")]
    [InlineData(3_100, "Asset value is 3,100: near the typical normal customer's 3,143; typical affluent 800,949; it counts together with the other values")]
    [InlineData(1_000.25, "Asset value is 1,000: below the typical normal customer's 3,143; typical affluent 800,949")]
    [InlineData(-0.5, "Asset value is -0.5: far below the typical normal customer's 3,143; typical affluent 800,949")]
    [InlineData(float.NaN, "Asset value is missing: as in 9 % of the rows; 0 % of these are recorded affluent, 10 % overall (typical normal 3,143, typical affluent 800,949); it counts together with the other values")]
    public void A_number_is_placed_among_the_recorded_normals(float value, string sentence) =>
        Assert.Equal(sentence, _comparisons[0].Explain(value, 0.4).Sentence);

    [Theory]
    [InlineData(1, "gn_occ is RETIREE: 10 % of these are recorded affluent, 10 % overall (typical normal CLERK, typical affluent CLERK); it counts together with the other values")]
    [InlineData(float.NaN, "gn_occ is missing: as in 3 % of the rows; 100 % of these are recorded affluent, 10 % overall (typical normal CLERK, typical affluent CLERK)")]
    public void A_category_is_told_by_the_affluent_share_of_its_rows(float code, string sentence) =>
        Assert.Equal(sentence, _comparisons[1].Explain(code, 0.4).Sentence);

    [Fact]
    public void A_number_with_few_values_is_told_by_value()
    {
        Assert.Equal("products is 4: 100 % of these are recorded affluent, 10 % overall (typical normal 1, typical affluent 2)", _comparisons[2].Explain(4, 0.4).Sentence);
        Assert.Equal("products is 9: a value that the training file does not have (typical normal 1, typical affluent 2)", _comparisons[2].Explain(9, 0.4).Sentence);
    }

    [Fact]
    public void What_speaks_against_a_customer_points_the_other_way()
    {
        // Rarer among affluents, as the contribution says; and a common value that lowers the score all the same.
        Assert.Equal("gn_occ is CLERK: 7 % of these are recorded affluent, 10 % overall (typical normal CLERK, typical affluent CLERK)", _comparisons[1].Explain(0, -0.4).Sentence);
        Assert.EndsWith("it counts together with the other values", _comparisons[2].Explain(4, -0.4).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_typical_value_is_the_lower_median_or_the_most_frequent_and_nothing_where_a_class_has_none()
    {
        using var few = new InventedTable(
            ("even", ColumnKind.Number, new[] { 4f, 1f, 3f, 2f, float.NaN }),
            ("job", ColumnKind.Category, new[] { "B", "A", "B", "A", null }));
        var comparisons = ColumnComparison.ForAll(FeatureSource.ForTraining(few.Table, ["even", "job"]), [false, false, false, false, true], threadCount: 2);

        Assert.Equal((2f, float.NaN), (comparisons[0].TypicalNormal, comparisons[0].TypicalAffluent));
        Assert.Equal("even is 4: 0 % of these are recorded affluent, 20 % overall (typical normal 2)", comparisons[0].Explain(4, -0.1).Sentence);
        Assert.Equal(0f, comparisons[1].TypicalNormal);
    }

    private static T[] Rows<T>(Func<int, T> cell) => [.. Enumerable.Range(0, 1000).Select(cell)];
}
