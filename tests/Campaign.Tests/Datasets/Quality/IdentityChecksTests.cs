using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class IdentityChecksTests
{
    [Fact]
    public void Rows_that_repeat_another_in_every_column_are_counted_without_the_first()
    {
        // The last three rows copy row 0.
        var sample = Copying(row => row >= 397 ? 0 : row);

        var finding = Assert.Single(sample.Find("rows-repeated"));

        Assert.Equal((Severity.Warning, 3L, 400L), (finding.Severity, finding.Count, finding.OutOf));
        Assert.Empty(sample.Find("ids-contradicting"));
    }

    [Fact]
    public void A_row_that_differs_in_its_id_only_repeats_none()
    {
        var sample = Copying(row => row >= 397 ? 0 : row);
        sample.With("id", row => $"K{row}", ColumnKind.Text);

        Assert.Empty(sample.Find("rows-repeated"));
    }

    [Fact]
    public void Missing_cells_and_both_zeros_are_alike()
    {
        var sample = Copying(row => row >= 398 ? 0 : row);
        sample.With("extra", row => row == 399 ? -0f : row is 0 or 398 ? 0f : row).With("note", row => row is 0 or 398 or 399 ? null : $"n{row}", ColumnKind.Text);

        Assert.Equal(2, Assert.Single(sample.Find("rows-repeated")).Count);
    }

    [Fact]
    public void Texts_are_compared_to_their_last_byte()
    {
        var sample = Copying(row => row >= 398 ? 0 : row);
        sample.With("note", row => row switch { 0 => "12345678", 398 => "123456789", 399 => "12345678\0", _ => "x" }, ColumnKind.Text);

        Assert.Empty(sample.Find("rows-repeated"));
    }

    [Fact]
    public void Ids_on_several_rows_are_counted()
    {
        var sample = new CheckedSample();
        sample.With("id", row => $"K{Math.Min(row, 390)}", ColumnKind.Text).With("age", row => row >= 390 ? 40 : 20 + (row % 60)).With("education", _ => "degree").With("segment", row => row < 200 ? "affluent" : "normal");

        var finding = Assert.Single(sample.Find("ids-repeated"));

        Assert.Equal((Severity.Note, 1L, 391L), (finding.Severity, finding.Count, finding.OutOf));
        Assert.Contains("10 rows", finding.Sentence, StringComparison.Ordinal);
        Assert.Empty(sample.Find("ids-contradicting"));
    }

    [Fact]
    public void Rows_of_one_id_that_differ_in_age_education_or_class_contradict()
    {
        var sample = new CheckedSample();
        sample.With("id", row => $"K{row / 2}", ColumnKind.Text)
            .With("age", row => row < 2 ? 30 + row : row < 8 ? float.NaN : 50)
            .With("education", row => row < 4 ? $"e{row}" : row == 8 ? null : "degree")
            .With("segment", row => row is 4 || row > 200 ? "affluent" : "normal");

        var finding = Assert.Single(sample.Find("ids-contradicting"));

        // K0 (age, education), K1 (education), K2 and K100 (class).
        Assert.Equal((Severity.Warning, 4L, 200L), (finding.Severity, finding.Count, finding.OutOf));
        Assert.Contains("age (1), education (2), segment (2)", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.23457E+15", 400)]
    [InlineData("1234567890123450000", 400)]
    public void Ids_as_a_spreadsheet_rounds_them_warn(string id, int count)
    {
        var sample = new CheckedSample();
        sample.With("id", _ => id, ColumnKind.Text);

        Assert.Equal(count, Assert.Single(sample.Find("ids-rounded")).Count);
    }

    [Fact]
    public void Long_ids_many_of_which_end_in_000_warn()
    {
        var sample = new CheckedSample();
        sample.With("id", row => row % 10 == 0 ? $"{123456789000 + row}000" : $"{123456789000123 + row}", ColumnKind.Text);

        Assert.Equal(40, Assert.Single(sample.Find("ids-rounded")).Count);
    }

    [Fact]
    public void Long_ids_in_full_are_sound()
    {
        var sample = new CheckedSample();
        sample.With("id", row => $"12345678901{row * 7919 % 100000:00000}", ColumnKind.Text);

        Assert.Empty(sample.Find("ids-rounded"));
    }

    [Fact]
    public void Test_and_staff_accounts_are_counted_in_ids_and_categories()
    {
        var sample = new CheckedSample();
        sample.With("id", row => row < 3 ? $"TEST00{row}" : $"K{row}", ColumnKind.Text).With("kind", row => row % 100 == 0 ? "Staff" : "Staff nurse");

        Assert.Equal([("id", 3L), ("kind", 4L)], sample.Find("test-accounts").Select(finding => (finding.Column, finding.Count)));
    }

    [Theory]
    [InlineData("TEST", true)]
    [InlineData("Test Customer 3", true)]
    [InlineData("staff-0012", true)]
    [InlineData("DUMMY_ACC", true)]
    [InlineData("Staff nurse", false)]
    [InlineData("testament", false)]
    [InlineData("customer", false)]
    [InlineData("Teststraße", false)]
    [InlineData("", false)]
    public void Only_what_means_no_customer_reads_as_a_test(string value, bool isTest) => Assert.Equal(isTest, TestWords.ReadAsTest(System.Text.Encoding.UTF8.GetBytes(value)));

    private static CheckedSample Copying(Func<int, int> source) => new CheckedSample()
        .With("id", row => $"K{source(row)}", ColumnKind.Text)
        .With("age", row => 20 + (source(row) % 60))
        .With("education", row => source(row) % 2 == 0 ? "degree" : "diploma")
        .With("balance", row => 1000 + source(row))
        .With("opened", row => 15_000 + source(row), ColumnKind.Date)
        .With("segment", row => source(row) % 3 == 0 ? "affluent" : "normal");
}
