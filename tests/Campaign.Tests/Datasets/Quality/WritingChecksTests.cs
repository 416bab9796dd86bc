using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class WritingChecksTests
{
    [Fact]
    public void Two_currencies_in_a_column_warn_and_one_does_not()
    {
        Assert.Empty(Read(reading => reading with { CurrencyCounts = new Dictionary<string, int> { ["RM"] = 400 } }).Find("written-currencies"));

        var finding = Assert.Single(Read(reading => reading with { CurrencyCounts = new Dictionary<string, int> { ["USD"] = 10, ["RM"] = 300 } }).Find("written-currencies"));

        Assert.Equal((Severity.Warning, 310L), (finding.Severity, finding.Count));
        Assert.Contains("RM 300, USD 10", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Undecided_dates_warn_until_a_person_chose()
    {
        Assert.Equal(Severity.Warning, Assert.Single(Read(reading => reading with { DatesFitBothOrders = true }).Find("written-dates")).Severity);
        Assert.Empty(Read(reading => reading with { DatesFitBothOrders = true, Dates = DateForm.DayFirst }).Find("written-dates"));
    }

    [Fact]
    public void Numbers_too_large_are_counted() => Assert.Equal(3, Assert.Single(Read(reading => reading with { TooLargeCount = 3 }).Find("written-too-large")).Count);

    [Theory]
    [InlineData(400, Severity.Note)]
    [InlineData(399, Severity.Warning)]
    public void Percent_signs_on_some_numbers_only_warn(int count, Severity severity) =>
        Assert.Equal(severity, Assert.Single(Read(reading => reading with { PercentCount = count }).Find("written-percent")).Severity);

    [Fact]
    public void Marks_for_missing_values_are_counted_blank_cells_are_not()
    {
        var sample = Read(reading => reading with { MissingMarkers = new Dictionary<string, int> { [""] = 50, ["NULL"] = 2, ["N/A"] = 12 } });

        var finding = Assert.Single(sample.Find("written-missing"));

        Assert.Equal((Severity.Note, 14L), (finding.Severity, finding.Count));
        Assert.Contains("N/A 12, NULL 2", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_a_person_left_out_is_not_judged()
    {
        var sample = Read(reading => reading with { TooLargeCount = 3 });
        sample.LeftOut.Add(new("balance", LeftOutReason.ByUser));

        Assert.Empty(sample.Find("written-too-large"));
    }

    private static CheckedSample Read(Func<ColumnReading, ColumnReading> change) => new CheckedSample().Read("balance", change);
}
