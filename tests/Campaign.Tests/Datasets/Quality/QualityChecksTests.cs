using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Campaign.Tests.Learning;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class QualityChecksTests
{
    private static readonly CheckedSample Clean = new();

    public static TheoryData<string> Checks => [.. new CheckedSample { Earlier = new CheckedSample().Alike }.Check().Checks.Select(check => check.Name)];

    [Theory, MemberData(nameof(Checks))]
    public void A_clean_file_passes_the_check(string check) => Assert.Empty(new CheckedSample { Earlier = Clean.Alike }.Find(check));

    [Fact]
    public void Without_an_earlier_file_the_checks_that_compare_did_not_run()
    {
        var checks = Clean.Check().Checks;

        Assert.DoesNotContain(checks, check => check.Name.StartsWith("earlier-", StringComparison.Ordinal));
        Assert.Equal(Checks.Count - 5, checks.Count);
        Assert.Equal(checks.Count, checks.Select(check => check.Name).Distinct().Count());
    }

    [Fact]
    public void The_most_severe_come_first_then_the_checks_order_then_the_files()
    {
        var sample = new CheckedSample { AffluentValue = "" };
        sample.With("b_limit", row => -1000 - row).With("a_limit", row => -1000 - row).With("tag", row => row % 9 == 0 ? "1" : null);

        var report = sample.Check();

        Assert.True(report.IsBlocked);
        Assert.Equal(
            [(Severity.Blocking, "class-known", null), (Severity.Warning, "value-negative", "b_limit"), (Severity.Warning, "value-negative", "a_limit"), (Severity.Warning, "missing-share", null), (Severity.Note, "column-one-or-blank", "tag"), (Severity.Note, "column-mostly-missing", "tag")],
            report.Findings.Select(finding => (finding.Severity, finding.Check, finding.Column)));
    }

    [Fact]
    public void No_sentence_holds_a_value_of_the_file()
    {
        // Every cell of an impossible, rounded, test or personal kind carries a mark of its own.
        var sample = new CheckedSample { Earlier = Clean.Alike with { RowCount = 10, AffluentRowCount = 9, HasSameHeader = false } };
        sample.With("id", row => row < 300 ? $"{7771110000000 + (row / 2)}000000" : "TEST 77711", ColumnKind.Text)
            .With("age", row => row % 5 == 0 ? 777111 : 30)
            .With("education", row => row % 4 == 0 ? "STAFF" : $"level 77711{row % 130}")
            .With("credit_limit", row => row % 3 == 0 ? -777111 : 5)
            .With("opened", row => row % 7 == 0 ? 77711 : 100, ColumnKind.Date)
            .With("used_pct", row => row % 2 == 0 ? 777111 : 30)
            .With("max_sum", _ => -777111).With("avg_sum", row => row)
            .With("contact", row => $"kunde77711{row % 200}@example.com")
            .With("tag", row => row % 9 == 0 ? "77711" : null)
            .With("const", _ => "77711")
            .With("segment", row => row % 60 == 0 ? "affluent" : "normal 77711");
        sample.Read("credit_limit", reading => reading with
        {
            CurrencyCounts = new Dictionary<string, int> { ["RM"] = 3, ["USD"] = 2 },
            MissingMarkers = new Dictionary<string, int> { ["N/A"] = 4, ["77711"] = 5 },
            TooLargeCount = 6,
            PercentCount = 7,
        });
        sample.Sensitive.Add("age");
        sample.Leaking.Add(new("credit_limit", 0.99));
        sample.LeftOut.Add(new("const", LeftOutReason.Constant));

        var report = sample.Check();

        Assert.True(report.Findings.Select(finding => finding.Check).Distinct().Count() >= 18, string.Join('\n', report.Findings.Select(finding => finding.Check)));
        Assert.All(report.Findings, finding => Assert.DoesNotContain("777", finding.Sentence + finding.Remedy, StringComparison.Ordinal));
        Assert.All(report.Findings, finding => Assert.DoesNotContain("STAFF", finding.Sentence + finding.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_rows_of_a_class_or_columns_to_compare_is_checked_all_the_same()
    {
        var sample = new CheckedSample { Id = null };
        sample.With("segment", _ => "normal").With("text", row => row % 2 == 0 ? "a" : null);

        var report = sample.Check();

        Assert.Equal("class-customers", Assert.Single(report.Findings, finding => finding.Severity == Severity.Blocking).Check);
    }

    [Theory, MemberData(nameof(Checks))]
    public void The_check_stands_in_the_documents_table(string check) =>
        Assert.Contains($"\n| `{check}` |", File.ReadAllText(RepositoryFiles.PathOf("docs/modelling.md")), StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_check_ends()
    {
        using var table = new InventedTable(("id", ColumnKind.Text, new[] { "a" }));
        var input = new QualityInput(table.Table, new("id", "", "", [], [], [], []), [], CheckedSample.ProfileOf(table.Table, "id"), null, CheckedSample.Today);

        Assert.Throws<OperationCanceledException>(() => QualityChecks.Run(input, new CancellationToken(canceled: true)));
    }
}
