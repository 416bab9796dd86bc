using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.LookAround;
using Xunit;

namespace Campaign.Tests.Datasets.LookAround;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData(ColumnKind.Number, 41_000.4, "41,000", "41k")]
    [InlineData(ColumnKind.Number, -1_250_000, "-1,250,000", "-1.25M")]
    [InlineData(ColumnKind.Number, 2.5e9, "2,500,000,000", "2.5bn")]
    [InlineData(ColumnKind.Number, 0.1234, "0.123", "0.123")]
    [InlineData(ColumnKind.Number, 12.34, "12.3", "12.3")]
    [InlineData(ColumnKind.Number, double.NaN, "–", "")]
    [InlineData(ColumnKind.Date, 0, "1 Jan 1970", "Jan 1970")]
    [InlineData(ColumnKind.Date, -1, "31 Dec 1969", "Dec 1969")]
    [InlineData(ColumnKind.Date, 9_000_000, "9,000,000 days since 1970", "9,000,000 days since 1970")]
    public void A_value_is_written_as_its_kind_asks(ColumnKind kind, double value, string whole, string brief)
    {
        Assert.Equal(whole, ValueText.Of(kind, value));
        Assert.Equal(brief, ValueText.Short(kind, value));
    }

    [Theory]
    [InlineData("Age", 25, 30, false, "25 to 29")]
    [InlineData("Age", 25, 26, false, "25")]
    [InlineData("Age", 70, 96, true, "70 to 96")]
    [InlineData("Asset value", 500, 1000, false, "500 to 1,000")]
    [InlineData("Asset value", double.NegativeInfinity, 0, false, "under 0")]
    [InlineData("Asset value", 200_000, double.PositiveInfinity, true, "200,000 or more")]
    [InlineData("Customer since", 0, 31, false, "1 Jan 1970 to 31 Jan 1970")]
    public void A_range_says_its_values(string column, double from, double to, bool isLast, string expected)
    {
        var profile = SampleProfile.Build().Columns.Single(one => one.Name == column);

        Assert.Equal(expected, ValueText.Range(profile, new NumberBin(from, to, default), isLast));
    }
}
