using System.Diagnostics;
using System.Text;
using Campaign.EndToEndTests.Support;
using Campaign.Modules.Datasets;
using Campaign.Tests.Support;
using ExcelDataReader;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>The way from a file to its target list, walked in a real browser against the real application.</summary>
public sealed class MainPathTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int SlowMilliseconds = 240_000;

    [Fact]
    public async Task A_file_becomes_a_target_list_and_its_documents()
    {
        await using var watched = await browser.OpenAsync();
        var page = watched.Page;
        page.SetDefaultTimeout(SlowMilliseconds);

        await page.GotoAsync("/datasets/upload");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = SampleFile(3000) });
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForURLAsync("**/received/**");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.ClickAsync("text=Yes, read and check it");
        await page.WaitForURLAsync("**/columns");
        Assert.Equal("C_ID", await page.InputValueAsync("select[name='Input.Id']"));
        Assert.Equal(20, await page.Locator(".sample tbody tr").CountAsync());
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();

        await page.ClickAsync(".page-head button");
        await page.WaitForURLAsync("**/quality");
        await page.WaitForSelectorAsync("text=Good to know");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.ClickAsync(".page-head >> text=Find look-alikes");
        await page.WaitForURLAsync("**/train");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.ClickAsync("summary:has-text('More')");
        await page.CheckAsync("text=Quick look");
        await page.ClickAsync("button:has-text('Find look-alikes')");
        await page.WaitForSelectorAsync(".page-head >> text=Choose the cut-off");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.ClickAsync(".page-head >> text=Choose the cut-off");
        await page.WaitForSelectorAsync("#threshold-chart svg");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();

        // The slider is read: to the right fewer are selected.
        var before = await watched.NumberAsync("[data-value='selected'] >> nth=0");
        await page.FocusAsync("[data-slider]");
        await page.Keyboard.PressAsync("PageUp");
        Assert.True(await watched.NumberAsync("[data-value='selected'] >> nth=0") < before);
        Assert.True(await page.IsCheckedAsync("input[value='ByHand']"));

        // The guesses are read: the profit at every cut-off is drawn, and saved with the run.
        foreach (var (guess, typed) in new[] { ("Currency", "RM"), ("Value", "2500"), ("Cost", "45"), ("Response", "20") })
        {
            await page.FillAsync($"input[name='Money.{guess}']", typed);
        }

        await page.WaitForSelectorAsync("#profit-chart svg");
        Assert.StartsWith("RM ", await page.InnerTextAsync("[data-value='profit']"), StringComparison.Ordinal);
        await page.ClickAsync("#money button[type='submit']");
        await page.WaitForSelectorAsync("#money >> text=saved by");
        await page.WaitForSelectorAsync("#profit-chart svg");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();

        // The budget is read: it comes to at most so many customers.
        await page.RunAndWaitForResponseAsync(() => page.FillAsync("input[name='Input.Budget']", "100"), response => response.Url.Contains("handler=Find", StringComparison.Ordinal));
        Assert.InRange(await watched.NumberAsync(".live [data-value='customers']"), 1, 100);
        await page.ClickAsync("text=Use this cut-off");
        await page.WaitForURLAsync("**/hidden-affluents");
        Assert.NotEqual(0, await page.Locator(".reasons li").CountAsync());
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        var run = page.Url[..page.Url.LastIndexOf('/')];

        // Why this customer, and what if: the answer comes without the page being loaded anew, bad input as one sentence.
        await page.ClickAsync("tbody th a >> nth=0");
        await page.WaitForURLAsync("**/customers/*");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        var value = page.Locator(".what-if-fields input").First;
        await value.FillAsync("lots");
        await page.ClickAsync("text=See what the models say");
        await page.WaitForSelectorAsync("#answer >> text=takes a number");
        await value.FillAsync("1");
        await page.ClickAsync("text=See what the models say");
        await page.WaitForSelectorAsync("#answer >> text=With your changes");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.GotoAsync(run + "/explain");
        Assert.NotEqual(0, await page.Locator(".directions figure").CountAsync());
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.SetViewportSizeAsync(390, 844);
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        await page.SetViewportSizeAsync(1280, 800);
        await page.GotoAsync(run + "/hidden-affluents");

        await page.ClickAsync(".page-head >> text=Make a target list");
        await page.WaitForURLAsync("**/lists/new");
        await watched.AssertAccessibleAsync();
        await page.FillAsync("input[name='Input.Name']", "Spring");
        await page.FillAsync("input[name='Input.Purpose']", "Invite to the premium account");
        await page.ClickAsync("button:has-text('Make the list')");
        await page.WaitForSelectorAsync("[role=alert] >> text=Who agreed to be contacted?");
        await page.CheckAsync("input[name='Input.ConsentElsewhere'][value='true']");
        await page.CheckAsync("input[name='Input.Elsewhere'][value='Call']");
        await page.WaitForSelectorAsync("#list-preview >> text=to contact");
        await watched.AssertAccessibleAsync();
        await page.ClickAsync("button:has-text('Make the list')");
        await page.WaitForSelectorAsync("text=Take it out", new PageWaitForSelectorOptions { Timeout = SlowMilliseconds });
        await watched.AssertAccessibleAsync();
        var toContact = await watched.NumberAsync(".figures dd >> nth=0");
        await page.ClickAsync("text=Take it out");
        await page.FillAsync("textarea[name='Reason']", "Calls in spring");
        var workbook = await DownloadAsync(page, "text=Excel for callers");
        Assert.Equal(toContact, CountRows(workbook, "Target list"));
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("text=Calls in spring");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        Assert.Equal(0, CountRows(workbook, "Control group"));

        await page.GotoAsync(run + "/fairness");
        await page.WaitForSelectorAsync("text=Selection rate by C_AGE");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();

        await page.GotoAsync(run + "/documents");
        var card = await DownloadAsync(page, "text=Download the model card");
        var text = await PdfTextAsync(card);
        Assert.Contains("Model card", text, StringComparison.Ordinal);
        Assert.Contains("3,000 rows", text, StringComparison.Ordinal);
        Assert.Contains("not independently reviewed", text, StringComparison.Ordinal);

        await page.GotoAsync("/audit");
        await page.WaitForSelectorAsync("text=The trail is whole");
        watched.AssertNoComplaints();
    }

    [Fact]
    public async Task A_refused_file_says_why_and_leaves_nothing()
    {
        await using var watched = await browser.OpenAsync();
        var page = watched.Page;
        await page.GotoAsync("/datasets");
        var before = await page.Locator("tbody tr").CountAsync();

        await page.GotoAsync("/datasets/upload");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "empty-bank.csv", MimeType = "text/csv", Buffer = "C_ID,C_AGE,C_seg\n"u8.ToArray() });
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForURLAsync("**/received/**");
        Assert.Contains("no rows below", await page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        await page.ClickAsync("text=Discard the file");
        await page.WaitForURLAsync("**/datasets/upload");

        await page.SetInputFilesAsync("#file", new FilePayload { Name = "empty-bank.csv", MimeType = "text/csv", Buffer = "%PDF-1.7"u8.ToArray() });
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForSelectorAsync("[data-error]");
        Assert.Contains("PDF", await page.InnerTextAsync("[data-error]"), StringComparison.Ordinal);

        await page.GotoAsync("/datasets");
        Assert.Equal(before, await page.Locator("tbody tr").CountAsync());
        watched.AssertNoComplaints();
    }

    [Fact]
    public async Task The_sample_bank_is_one_press_away()
    {
        await using var watched = await browser.OpenAsync();
        watched.Page.SetDefaultTimeout(SlowMilliseconds);
        await watched.Page.GotoAsync("/datasets/upload");
        await watched.Page.ClickAsync("text=Try it with the sample bank");
        await watched.Page.WaitForURLAsync("**/columns");
        Assert.Contains("66,083", await watched.Page.InnerTextAsync(".page-head"), StringComparison.Ordinal);
        watched.AssertNoComplaints();
    }

    internal static byte[] SampleFile(int rowCount)
    {
        using var file = new MemoryStream();
        new SampleBank(rowCount, SampleBank.DefaultHiddenShare, seed: 1).Write(file, null);
        return file.ToArray();
    }

    /// <summary>Rows below the header; 0 where the workbook has no such sheet.</summary>
    private static int CountRows(byte[] workbook, string sheet)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(workbook));
        do
        {
            if (reader.Name == sheet)
            {
                return reader.RowCount - 1;
            }
        }
        while (reader.NextResult());
        return 0;
    }

    private static async Task<string> PdfTextAsync(byte[] pdf)
    {
        using var folder = new TempFolder();
        var path = folder.Combine("card.pdf");
        await File.WriteAllBytesAsync(path, pdf);
        using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", path, "-"]) { RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadToEndAsync();
    }

    private static async Task<byte[]> DownloadAsync(IPage page, string selector)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(selector), new PageRunAndWaitForDownloadOptions { Timeout = SlowMilliseconds });
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }
}
