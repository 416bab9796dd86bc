using System.Text;
using Campaign.EndToEndTests.Support;
using Campaign.Modules.Datasets;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>A marketer's messy file: read another way, its bad rows looked at, its columns corrected, checked and looked around in.</summary>
public sealed class MessyFileTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int SlowMilliseconds = 120_000;
    private const int RowCount = 1500;

    [Fact]
    public async Task A_messy_file_is_corrected_checked_and_looked_around_in()
    {
        await using var watched = await browser.OpenAsync();
        var page = watched.Page;
        page.SetDefaultTimeout(SlowMilliseconds);
        await UploadAsync(page, "messy.csv", MessyFile());

        // What was found is shown, and what can't be known is asked.
        Assert.Contains("Windows-1252 (found)", await page.InnerTextAsync("#Input_Encoding"), StringComparison.Ordinal);
        Assert.Contains("Auszug März", await page.InnerTextAsync(".sample .is-aside >> nth=0"), StringComparison.Ordinal);
        Assert.Contains("opened", await page.InnerTextAsync("text=Every date fits both"), StringComparison.Ordinal);
        await watched.AssertAccessibleAsync();
        await page.RunAndWaitForResponseAsync(() => page.SelectOptionAsync("#Input_Dates", "DayFirst"), response => response.Url.Contains("Input.Dates=DayFirst", StringComparison.Ordinal));
        await page.WaitForSelectorAsync("text=date, day first");
        await page.ClickAsync("text=Yes, read and check it");

        // The rows that can't be used: the download names them, and the person goes on without them.
        await page.WaitForSelectorAsync("text=Go on without them");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        var rejected = await DownloadAsync(page, "text=Download these rows");
        Assert.Equal("line,column,value,reason,remedy", rejected.Split('\n')[0].Trim());
        Assert.Equal(3, rejected.TrimEnd('\n').Split('\n').Length - 1);
        Assert.Contains("the customer id is blank", rejected, StringComparison.Ordinal);
        await page.ClickAsync("text=Go on without them");
        await page.WaitForURLAsync("**/columns");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();

        // Titles and the total are shown as set aside, the spellings too; personal data is tagged, and a role and a type are corrected.
        Assert.Contains("Total", await page.InnerTextAsync(".remarks"), StringComparison.Ordinal);
        Assert.Contains("Spellings of the recorded class C_seg", await page.InnerTextAsync("#columns-form"), StringComparison.Ordinal);
        Assert.Contains("personal data", await page.InnerTextAsync("#columns-form tr:has(th:has-text('email'))"), StringComparison.Ordinal);
        await page.SelectOptionAsync("select[aria-label='Use of C_AGE']", new SelectOptionValue { Label = "Only compare groups by it" });
        await page.SelectOptionAsync("select[aria-label='What INCM_TYP holds']", new SelectOptionValue { Label = "category" });
        await page.CheckAsync("text=days since opened");
        await page.ClickAsync(".page-head button");

        await page.WaitForURLAsync("**/quality");
        await page.WaitForSelectorAsync("text=Good to know");
        await watched.AssertAccessibleAsync();
        await page.ClickAsync(".page-head >> text=Look around");
        await page.WaitForSelectorAsync("text=What tells affluents apart most");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        var report = await DownloadAsync(page, "text=Download as one file");
        Assert.DoesNotContain("<script", report, StringComparison.Ordinal);
        Assert.DoesNotContain("bank.example", report, StringComparison.Ordinal);
        Assert.InRange(report.Length, 50_000, 2_000_000);

        var dataset = page.Url[..page.Url.LastIndexOf('/')];
        await page.GotoAsync(dataset);
        var facts = await page.InnerTextAsync(".facts");
        Assert.Contains("days since opened", facts, StringComparison.Ordinal);
        Assert.Contains("1,497", facts, StringComparison.Ordinal);
        watched.AssertNoComplaints();

        // The next file with the same columns is set like this one.
        await UploadAsync(page, "april.csv", MessyFile(RowCount - 100));
        Assert.Equal("DayFirst", await page.InputValueAsync("#Input_Dates"));
        await page.ClickAsync("text=Yes, read and check it");
        await page.WaitForSelectorAsync("text=Go on without them");
        await page.ClickAsync("text=Go on without them");
        await page.WaitForURLAsync("**/columns");
        Assert.Contains("The columns are set as in messy.csv", await page.InnerTextAsync(".remarks"), StringComparison.Ordinal);
        Assert.Equal("Compare", await page.InputValueAsync("select[aria-label='Use of C_AGE']"));
        Assert.True(await page.IsCheckedAsync("text=days since opened"));

        // What depends on a file is shown before it goes.
        await page.GotoAsync(dataset + "/lineage");
        await watched.AssertAccessibleAsync();
        await page.CheckAsync("#IsSure");
        await page.ClickAsync("button:has-text('Delete the file')");
        await page.WaitForSelectorAsync("text=This record stays");
        await page.GotoAsync("/datasets");
        Assert.DoesNotContain("messy.csv", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_goes_on_when_the_page_is_left_and_is_there_on_return()
    {
        await using var watched = await browser.OpenAsync();
        var page = watched.Page;
        page.SetDefaultTimeout(SlowMilliseconds);
        await UploadAsync(page, "large.csv", SampleFile(60_000));

        // Left as soon as the wish has arrived: before, leaving would take it back.
        await page.RunAndWaitForResponseAsync(() => page.ClickAsync("text=Yes, read and check it"), response => response.Request.Method == "POST");
        await page.GotoAsync("/");
        await page.ClickAsync(".next-step:has-text('large.csv') >> a");
        await page.WaitForURLAsync("**/columns");
        Assert.Contains("60,000 rows", await page.InnerTextAsync(".page-head"), StringComparison.Ordinal);
        watched.AssertNoComplaints();
    }

    private static async Task UploadAsync(IPage page, string name, byte[] file)
    {
        await page.GotoAsync("/datasets/upload");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = "text/csv", Buffer = file });
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForURLAsync("**/received/**");
    }

    private static async Task<string> DownloadAsync(IPage page, string selector)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(selector));
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    private static byte[] SampleFile(int rowCount)
    {
        using var file = new MemoryStream();
        new SampleBank(rowCount, SampleBank.DefaultHiddenShare, seed: 1).Write(file, null);
        return file.ToArray();
    }

    /// <summary>Windows-1252, titles above and a total below, blank lines, spellings of the class, dates of either order, e-mails, three rows that can't be used.</summary>
    private static byte[] MessyFile(int rowCount = RowCount)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var lines = Encoding.UTF8.GetString(SampleFile(rowCount)).TrimEnd('\n').Split('\n');
        var messy = new StringBuilder($"Auszug März 2025\r\nDrawn by Aina\r\n\r\n{lines[0]},opened,email\r\n");
        for (var row = 1; row < lines.Length; row++)
        {
            var line = row % 97 == 0 ? lines[row].Replace("NORMAL", " normal ", StringComparison.Ordinal) : lines[row];
            line = $"{line},{1 + (row % 12):00}/{1 + (row * 7 % 12):00}/20{10 + (row % 14)},c{row}@bank.example";
            messy.Append(row switch
            {
                40 => "1,2,3",
                90 => line[line.IndexOf(',', StringComparison.Ordinal)..],
                200 => lines[0] + ",opened,email",
                _ => line,
            }).Append(row % 300 == 0 ? "\r\n\r\n" : "\r\n");
        }

        return Encoding.GetEncoding(1252).GetBytes(messy.Append("Total,,,,4000\r\n").ToString());
    }
}
