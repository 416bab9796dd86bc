using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class EarlierFileChecksTests
{
    [Theory]
    [InlineData(200, null)]
    [InlineData(199, Severity.Note)]
    [InlineData(801, Severity.Note)]
    [InlineData(40, Severity.Warning)]
    [InlineData(4000, Severity.Warning)]
    public void A_size_that_halved_or_doubled_is_noted_and_ten_times_warns(int earlierRows, Severity? severity)
    {
        var alike = new CheckedSample().Alike;
        var finding = new CheckedSample { Earlier = alike with { RowCount = earlierRows, AffluentRowCount = earlierRows / 3 } }.Find("earlier-size").SingleOrDefault();

        Assert.Equal(severity, finding?.Severity);
    }

    [Fact]
    public void Columns_gone_warn_and_new_ones_are_noted()
    {
        var alike = new CheckedSample().Alike;
        var shares = alike.MissingShares.Where(pair => pair.Key != "balance").Append(new("branch", 0)).ToDictionary();

        var findings = new CheckedSample { Earlier = alike with { MissingShares = shares, HasSameHeader = false } }.Find("earlier-columns");

        Assert.Equal([Severity.Warning, Severity.Note], findings.Select(finding => finding.Severity));
        Assert.Contains("branch", findings[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("balance", findings[1].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(89, "earlier-class-share")]
    [InlineData(90, null)]
    [InlineData(240, null)]
    [InlineData(260, "earlier-class-swapped")]
    [InlineData(290, "earlier-class-share")]
    public void Another_share_of_affluents_warns_and_classes_swapped_are_named_so(int earlierAffluents, string? check)
    {
        // 134 of 400 are affluent now.
        var report = new CheckedSample { Earlier = new CheckedSample().Alike with { AffluentRowCount = earlierAffluents } }.Check();

        Assert.Equal(check, report.Findings.SingleOrDefault(finding => finding.Check.StartsWith("earlier-class", StringComparison.Ordinal))?.Check);
    }

    [Theory]
    [InlineData(0.41, 0)]
    [InlineData(0.59, 0)]
    [InlineData(0.39, 1)]
    [InlineData(0.61, 1)]
    public void A_missing_share_that_moved_by_more_than_10_points_warns(double earlier, int count)
    {
        var sample = new CheckedSample();
        sample.With("balance", row => row % 2 == 0 ? row : float.NaN);
        var alike = sample.Alike;
        sample.Earlier = alike with { MissingShares = new Dictionary<string, double>(alike.MissingShares) { ["balance"] = earlier } };

        Assert.Equal(count, sample.Find("earlier-missing").Count);
    }
}
