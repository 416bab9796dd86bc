using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Governance;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Governance;

public class RunDocumentsTests
{
    [FactWithTool("chromium")]
    public async Task Documents_that_could_not_be_printed_are_printed_later_from_their_records()
    {
        using var folder = new TempFolder();
        var records = folder.Combine(RunDocuments.RecordsFileName);
        await File.WriteAllTextAsync(records, JsonSerializer.Serialize(
            new RunDocuments.Records(SampleDocuments.Card(), SampleDocuments.Report()), RunDocuments.Json));
        using var printer = ChromiumPrinter.OfThisMachine();

        await RunDocuments.PrintRecordedAsync(folder.Path, printer);

        Assert.True(File.Exists(folder.Combine(RunDocuments.ModelCardFileName)));
        Assert.True(File.Exists(folder.Combine(RunDocuments.AuditReportFileName)));
        Assert.False(File.Exists(records));
    }

    [Fact]
    public async Task A_folder_without_records_is_refused()
    {
        using var folder = new TempFolder();
        using var printer = new ChromiumPrinter(null, ChromiumPrinter.DefaultLimit);

        await Assert.ThrowsAsync<RefusedException>(() => RunDocuments.PrintRecordedAsync(folder.Path, printer));
    }

    [Fact]
    public async Task Records_stay_where_there_is_still_no_browser()
    {
        using var folder = new TempFolder();
        var records = folder.Combine(RunDocuments.RecordsFileName);
        await File.WriteAllTextAsync(records, JsonSerializer.Serialize(
            new RunDocuments.Records(SampleDocuments.Card(), SampleDocuments.Report()), RunDocuments.Json));
        using var printer = new ChromiumPrinter(null, ChromiumPrinter.DefaultLimit);

        await Assert.ThrowsAsync<RefusedException>(() => RunDocuments.PrintRecordedAsync(folder.Path, printer));

        Assert.True(File.Exists(records));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    public async Task Damaged_records_are_refused_with_a_sentence(string content)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Combine(RunDocuments.RecordsFileName), content);
        using var printer = new ChromiumPrinter(null, ChromiumPrinter.DefaultLimit);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RunDocuments.PrintRecordedAsync(folder.Path, printer));

        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }
}
