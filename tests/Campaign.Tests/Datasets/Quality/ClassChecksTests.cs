using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class ClassChecksTests
{
    [Theory]
    [InlineData(58, "at most 94 %")]
    [InlineData(29, "at most 90 %")]
    [InlineData(28, "at most 89 %")]
    public void Fewer_than_59_affluents_warn_with_the_promise_that_they_can_carry(int affluents, string promise)
    {
        var finding = Assert.Single(WithAffluents(affluents).Find("class-affluents"));

        Assert.Equal((Severity.Warning, affluents, CheckedSample.RowCount), (finding.Severity, finding.Count, finding.OutOf));
        Assert.Contains(promise, finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void From_59_affluents_on_nothing_is_said() => Assert.Empty(WithAffluents(59).Find("class-affluents"));

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Fewer_than_5_customers_of_a_class_block(int affluents, bool isBlocked)
    {
        Assert.Equal(isBlocked, WithAffluents(affluents).Check().IsBlocked);
        Assert.Equal(isBlocked, new CheckedSample().With("segment", row => row < affluents ? "normal" : "affluent").Check().IsBlocked);
    }

    [Fact]
    public void Customers_are_counted_not_rows()
    {
        var sample = WithAffluents(60);
        sample.With("id", row => row < 60 ? $"K{row % 4}" : $"K{row}", Campaign.Learning.Columns.ColumnKind.Text);

        Assert.Equal(4, Assert.Single(sample.Find("class-customers")).Count);
    }

    [Fact]
    public void Nearly_all_rows_of_one_class_warn()
    {
        Assert.Equal(400, Assert.Single(WithAffluents(0).Find("class-lopsided")).Count);
        Assert.Empty(WithAffluents(1).Find("class-lopsided"));
    }

    [Fact]
    public void Blank_classes_are_counted()
    {
        var finding = Assert.Single(new CheckedSample().With("segment", row => row % 4 == 0 ? null : row % 3 == 0 ? "affluent" : "normal").Find("class-blank"));

        Assert.Equal((100, 400), (finding.Count, finding.OutOf));
    }

    [Theory]
    [InlineData(1, Severity.Note)]
    [InlineData(3, Severity.Warning)]
    public void Rows_alike_but_of_different_class_are_counted_with_all_that_are_alike(int pairs, Severity severity)
    {
        // Row 2k+1 copies row 2k in all but the id and the class.
        var sample = new CheckedSample();
        int Source(int row) => row < 2 * pairs ? row / 2 * 2 : row;
        sample.With("age", row => 20 + (Source(row) % 60)).With("balance", row => 1000 + (Source(row) * 7)).With("opened", row => Source(row), Campaign.Learning.Columns.ColumnKind.Date)
            .With("education", row => Source(row) % 2 == 0 ? "degree" : "diploma").With("segment", row => row % 2 == 0 ? "affluent" : "normal");

        var finding = Assert.Single(sample.Find("class-conflicts"));

        Assert.Equal((severity, 2 * pairs), (finding.Severity, (int)finding.Count));
    }

    [Fact]
    public void Alike_rows_of_one_class_are_no_conflict()
    {
        var sample = new CheckedSample();
        sample.With("age", _ => 30).With("balance", row => row % 3).With("opened", _ => 1, Campaign.Learning.Columns.ColumnKind.Date).With("education", _ => "degree");

        Assert.Empty(sample.Find("class-conflicts"));
    }

    private static CheckedSample WithAffluents(int count) => new CheckedSample().With("segment", row => row < count ? "affluent" : "normal");
}
