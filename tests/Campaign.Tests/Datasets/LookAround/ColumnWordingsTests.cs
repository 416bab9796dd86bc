using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.LookAround;
using Xunit;

namespace Campaign.Tests.Datasets.LookAround;

public sealed class ColumnWordingsTests
{
    private static readonly DatasetProfile Profile = SampleProfile.Build();

    [Theory]
    [InlineData("Asset value", "Half of the affluents have more than 41,000, half of the normals more than 3,200.")]
    [InlineData("Number of products", "Half of the affluents have 4 or more, half of the normals 2 or more.")]
    [InlineData("Customer since", "Half of the affluents have a date after 27 Apr 2005, half of the normals after 6 May 2011.")]
    [InlineData("Wealth desk flag", "Of the customers with 'yes', 99.3 % are recorded affluent; overall 7.0 %.")]
    [InlineData(SampleProfile.HostileName, "Text with many different values: only counted, never shown.")]
    public void A_column_s_difference_is_one_plain_sentence(string name, string sentence)
    {
        Assert.Equal(sentence, ColumnWordings.Difference(Column(name), Profile));
    }

    [Fact]
    public void Alike_medians_are_told_by_what_is_not_zero()
    {
        var column = Column("Asset value");
        var zeros = column with { Numbers = column.Numbers! with { Normal = new(0, 0, 0, 0, 10, 20, 30), Affluent = new(0, 0, 0, 0, 900, 950, 999), Zeros = new(54_000, 2300) } };

        Assert.Equal("49.9 % of the affluents have something else than 0 here, 10.2 % of the normals.", ColumnWordings.Difference(zeros, Profile));
    }

    [Fact]
    public void Medians_that_read_alike_are_not_called_different()
    {
        var column = Column("Asset value");
        var alike = column with { Numbers = column.Numbers! with { Normal = new(0, 0, 0, 41_000.1, 0, 0, 0), Affluent = new(0, 0, 0, 41_000.2, 0, 0, 0) } };

        Assert.Equal("99.6 % of the affluents have something else than 0 here, 93.0 % of the normals.", ColumnWordings.Difference(alike, Profile));
    }

    [Fact]
    public void A_difference_in_missing_values_is_told()
    {
        var column = Column("Asset value") with { Missing = new(60_153, 510) };

        Assert.EndsWith(" It is missing for 10.0 % of the affluents and 50.0 % of the normals.", ColumnWordings.Difference(column, Profile), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_column_says_so()
    {
        var empty = new ColumnProfile("x", ColumnKind.Number, default, new(10, 2), double.NaN, double.NaN, null, null);

        Assert.Equal("No customer has a value here.", ColumnWordings.Difference(empty, Profile));
    }

    [Theory]
    [InlineData(0.5, Telling.Hardly)]
    [InlineData(0.6, Telling.Somewhat)]
    [InlineData(0.75, Telling.Strongly)]
    [InlineData(0.98, Telling.GivesAway)]
    [InlineData(double.NaN, Telling.Unknown)]
    internal void A_band_begins_at_its_limit(double auc, Telling telling)
    {
        Assert.Equal(telling, ColumnWordings.TellingOf(Column("Age") with { AucAlone = auc }));
        Assert.Equal(telling == Telling.Unknown, ColumnWordings.Meaning(Column("Age") with { AucAlone = auc }).Length == 0);
    }

    [Fact]
    public void Nearly_all_is_not_a_hundred_of_a_hundred()
    {
        Assert.Contains("in 99 of 100", ColumnWordings.Meaning(Column("Age") with { AucAlone = 0.9999 }), StringComparison.Ordinal);
        Assert.Contains("in 100 of 100", ColumnWordings.Meaning(Column("Age") with { AucAlone = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_telling_column_is_first_and_text_last()
    {
        var order = ColumnWordings.MostTellingFirst(Profile);

        Assert.Equal((11, "Wealth desk flag"), (order[0].Place, order[0].Column.Name));
        Assert.Equal(SampleProfile.HostileName, order[^1].Column.Name);
    }

    private static ColumnProfile Column(string name) => Profile.Columns.Single(column => column.Name == name);
}
