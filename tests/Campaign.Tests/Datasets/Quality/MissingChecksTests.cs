using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class MissingChecksTests
{
    [Theory]
    [InlineData(120, 0)]
    [InlineData(121, 1)]
    public void More_than_5_percent_of_all_cells_missing_warns(int missing, int count) =>
        Assert.Equal(count, new CheckedSample().With("balance", row => row < missing ? float.NaN : row).Find("missing-share").Count);

    [Fact]
    public void A_column_without_a_value_is_a_note_where_it_is_left_out()
    {
        var sample = new CheckedSample();
        sample.With("a", _ => float.NaN).With("b", _ => float.NaN).LeftOut.Add(new("b", LeftOutReason.Constant));

        Assert.Equal([(Severity.Warning, "a"), (Severity.Note, "b")], sample.Find("column-blank").Select(finding => (finding.Severity, finding.Column)));
        Assert.Empty(sample.Find("column-mostly-missing"));
    }

    [Fact]
    public void A_column_that_is_mostly_missing_is_noted()
    {
        var sample = new CheckedSample();
        sample.With("half", row => row % 2 == 0 ? row : float.NaN).With("less", row => row % 3 == 0 ? row : float.NaN);

        var finding = Assert.Single(sample.Find("column-mostly-missing"));

        Assert.Equal((Severity.Note, "less", 266L), (finding.Severity, finding.Column, finding.Count));
    }
}
