using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class ColumnChecksTests
{
    [Fact]
    public void A_column_that_gives_the_class_away_warns_while_it_is_learnt_from()
    {
        var kept = new CheckedSample();
        kept.Leaking.Add(new("balance", 0.985));
        var leftOut = new CheckedSample();
        leftOut.Leaking.Add(new("balance", 0.9995));
        leftOut.LeftOut.Add(new("balance", LeftOutReason.GivesClassAway));

        Assert.Equal(Severity.Warning, Assert.Single(kept.Find("column-gives-class-away")).Severity);
        Assert.Equal(Severity.Note, Assert.Single(leftOut.Find("column-gives-class-away")).Severity);
    }

    [Fact]
    public void A_personal_column_is_noted_where_it_is_left_out_and_warned_of_where_it_is_used()
    {
        var leftOut = new CheckedSample();
        leftOut.With("nric", row => $"S{row:0000000}A").LeftOut.Add(new("nric", LeftOutReason.PersonalData));
        var used = new CheckedSample();
        used.With("contact", row => $"k{row % 50}@example.com");
        var asId = new CheckedSample();
        asId.With("id", row => $"S{row:0000000}A", ColumnKind.Text);

        Assert.Equal((Severity.Note, "nric"), Only(leftOut));
        Assert.Equal((Severity.Warning, "contact"), Only(used));
        Assert.Equal((Severity.Warning, "id"), Only(asId));

        static (Severity, string?) Only(CheckedSample sample)
        {
            var finding = Assert.Single(sample.Find("column-personal"));
            return (finding.Severity, finding.Column);
        }
    }

    [Fact]
    public void A_sensitive_column_is_noted_and_whether_it_is_trained_on()
    {
        var sample = new CheckedSample();
        sample.Sensitive.AddRange(["age", "education"]);
        sample.LeftOut.Add(new("education", LeftOutReason.ByUser));

        var findings = sample.Find("column-sensitive");

        Assert.Equal(["age", "education"], findings.Select(finding => finding.Column));
        Assert.Contains("and it is trained on", findings[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("not trained on", findings[1].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void A_category_of_more_than_100_values_warns(int values, int count) =>
        Assert.Equal(count, new CheckedSample().With("branch", row => $"b{row % values}").Find("column-many-values").Count);

    [Fact]
    public void Too_many_texts_are_noted()
    {
        var sample = new CheckedSample();
        sample.With("remark", row => $"r{row}", ColumnKind.Text).LeftOut.Add(new("remark", LeftOutReason.TooManyValues));

        Assert.Equal(Severity.Note, Assert.Single(sample.Find("column-many-values")).Severity);
    }

    [Fact]
    public void A_constant_column_is_found_whatever_it_holds()
    {
        var sample = new CheckedSample();
        sample.With("a", _ => 5).With("b", _ => "x").With("c", _ => 100, ColumnKind.Date).LeftOut.Add(new("b", LeftOutReason.Constant));

        Assert.Equal(
            [(Severity.Warning, "a"), (Severity.Warning, "c"), (Severity.Note, "b")], sample.Find("column-constant").Select(finding => (finding.Severity, finding.Column)));
    }

    [Fact]
    public void One_value_or_nothing_is_noted_with_its_rows()
    {
        var sample = new CheckedSample();
        sample.With("HL_tag", row => row % 10 == 0 ? 1 : float.NaN).With("two", row => row % 10 == 0 ? row : float.NaN);

        var finding = Assert.Single(sample.Find("column-one-or-blank"));

        Assert.Equal((Severity.Note, "HL_tag", 40L), (finding.Severity, finding.Column, finding.Count));
    }
}
