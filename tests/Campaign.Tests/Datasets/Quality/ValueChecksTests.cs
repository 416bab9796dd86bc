using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class ValueChecksTests
{
    [Theory]
    [InlineData("credit_limit", 1)]
    [InlineData("CC_LMT", 1)]
    [InlineData("NUM_PRD", 1)]
    [InlineData("gaji", 1)]
    [InlineData("tenure_months", 1)]
    [InlineData("limit_change", 0)]
    [InlineData("net_income", 0)]
    [InlineData("saldo", 0)]
    public void Negatives_are_impossible_by_name_only(string name, int count) =>
        Assert.Equal(count, new CheckedSample().With(name, row => row % 4 == 0 ? -5 : row).Find("value-negative").Count);

    [Fact]
    public void A_column_that_is_left_out_is_not_judged()
    {
        var sample = new CheckedSample();
        sample.With("credit_limit", row => -row).LeftOut.Add(new("credit_limit", LeftOutReason.ByUser));

        Assert.Empty(sample.Find("value-negative"));
    }

    [Theory]
    [InlineData("C_AGE", 1)]
    [InlineData("umur", 1)]
    [InlineData("age_group", 0)]
    [InlineData("account_age", 0)]
    public void Ages_outside_16_to_110_are_counted(string name, int count)
    {
        var findings = new CheckedSample().With(name, row => row switch { 0 => 15, 1 => 111, 2 => 16, 3 => 110, _ => 40 }).Find("value-age");

        Assert.Equal(count, findings.Count);
        Assert.All(findings, finding => Assert.Equal(2, finding.Count));
    }

    [Fact]
    public void A_birth_date_is_judged_by_the_age_today()
    {
        var birthdays = new[] { new DateOnly(2010, 9, 30), new DateOnly(2010, 10, 1), new DateOnly(1915, 9, 30), new DateOnly(1916, 10, 1) };
        var sample = new CheckedSample();
        sample.With("dob", row => ColumnTable.DateNumber(row < 4 ? birthdays[row] : new DateOnly(1980, 1, 1)), ColumnKind.Date);
        sample.With("birth_year", row => row == 0 ? 1900 : 1980);

        // 16 today, 15 until tomorrow, 111, 109.
        Assert.Equal([("dob", 2L), ("birth_year", 1L)], sample.Find("value-age").Select(finding => (finding.Column, finding.Count)));
    }

    [Fact]
    public void Dates_in_the_future_are_counted_unless_the_name_expects_them()
    {
        var sample = new CheckedSample();
        float Day(int row) => ColumnTable.DateNumber(CheckedSample.Today) + (row < 3 ? row : -row);
        sample.With("joined", Day, ColumnKind.Date).With("maturity_date", Day, ColumnKind.Date).With("card_expiry", Day, ColumnKind.Date);

        var finding = Assert.Single(sample.Find("value-future"));

        Assert.Equal(("joined", 2L), (finding.Column, finding.Count));
    }

    [Fact]
    public void Percentages_above_their_whole_are_counted()
    {
        var sample = new CheckedSample();
        sample.With("used_pct", row => row < 5 ? 101 : 50).With("paid_percent", row => row < 5 ? 30 : 0.5f).With("growth_pct", _ => 300);

        Assert.Equal([("used_pct", 5L), ("paid_percent", 5L)], sample.Find("value-percent").Select(finding => (finding.Column, finding.Count)));
    }

    [Theory]
    [InlineData("MAXCASA", "MTHCASA", true)]
    [InlineData("MAXUT", "UT_AVE", true)]
    [InlineData("max_balance", "avg_balance", true)]
    [InlineData("MAXCASA", "MTHTD", false)]
    [InlineData("MAX_MTH_TRN_AMT", "AVG_TRN_AMT", false)]
    public void A_maximum_below_its_average_is_noted_where_the_names_tell_the_pair(string maximum, string average, bool isPair)
    {
        var sample = new CheckedSample();
        sample.With(maximum, row => row < 7 ? row : row == 8 ? float.NaN : row + 10).With(average, row => row + 1);

        var findings = sample.Find("value-maximum");

        Assert.Equal(isPair ? [(maximum, 7L, 399L)] : Array.Empty<(string?, long, long)>(), findings.Select(finding => (finding.Column, finding.Count, finding.OutOf)));
    }

    [Theory]
    [InlineData(4, Severity.Note)]
    [InlineData(5, Severity.Warning)]
    public void Outliers_warn_above_1_percent_of_the_rows(int outliers, Severity severity)
    {
        var finding = Assert.Single(new CheckedSample().With("sum", row => row < outliers ? 1e12f : 1000 + row).Find("value-outliers"));

        Assert.Equal((severity, outliers), (finding.Severity, (int)finding.Count));
    }
}
