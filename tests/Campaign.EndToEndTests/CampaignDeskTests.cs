using System.Globalization;
using System.Text;
using System.Text.Json;
using Campaign.EndToEndTests.Support;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Support;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>A campaign on a server: from the cut-off over segment, list, second person and Excel to what it brought, in real browsers.</summary>
public sealed class CampaignDeskTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int SlowMilliseconds = 240_000;
    private const string Password = "four plain words here";

    [Fact]
    public async Task Two_people_take_a_campaign_from_the_cut_off_to_its_uplift()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true, ThreadCount = 1 });
        var runId = await TrainAsync(server);
        await AddPersonAsync(server, "mei@bank.example", "Mei", Roles.Marketer);
        await AddPersonAsync(server, "chen@bank.example", "Chen", Roles.Compliance);
        await using var maker = await OpenAsync(server, "mei@bank.example");
        var page = maker.Page;

        await page.GotoAsync($"/runs/{runId}/threshold");
        await page.WaitForSelectorAsync("#threshold-chart svg");

        // A segment of one's own, counted while it is built.
        await page.GotoAsync($"/runs/{runId}/segments");
        await LookedAtAsync(maker);
        await page.GotoAsync($"/segments/builder?run={runId}");
        await page.SelectOptionAsync("#add", new SelectOptionValue { Label = "balance" });
        await page.ClickAsync("button:has-text('Add')");
        await page.FillAsync("input[name='Input.Conditions[0].From']", "3000");
        await page.FillAsync("#name", "Savers");
        await page.FillAsync("#product", "Premium account");
        await page.FillAsync("#message", "Shall we talk about your savings?");
        await LookedAtAsync(maker);
        await page.ClickAsync("button:has-text('Save the segment')");
        await page.WaitForURLAsync("**/segments?*");
        await page.WaitForSelectorAsync("text=Savers");

        // Who must not be contacted.
        await page.GotoAsync("/suppression/upload");
        await page.FillAsync("#name", "Complaints");
        var suppressed = Enumerable.Range(0, 1500).Where(number => number % 10 == 3).Select(Id).ToHashSet();
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "complaints.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("customer_id\n" + string.Join('\n', suppressed) + "\nX1\n") });
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForSelectorAsync("button:has-text('Put it in force')");
        await LookedAtAsync(maker);
        await page.ClickAsync("button:has-text('Put it in force')");
        await page.WaitForSelectorAsync("button:has-text('Put it in force')", new() { State = WaitForSelectorState.Detached });

        // The list: consent from the file, the segment, a control group.
        await page.GotoAsync($"/runs/{runId}/lists/new");
        Assert.Equal("consent_call", await page.InputValueAsync("select[name='Input.Channels[0].Yes.Column']"));
        await page.FillAsync("input[name='Input.Name']", "Spring");
        await page.FillAsync("input[name='Input.Purpose']", "Invite to the premium account");
        await page.CheckAsync("label:has-text('Savers') input");
        await page.FillAsync("input[name='Input.ControlPercent']", "30");
        await page.Locator("input[name='Input.ControlPercent']").BlurAsync();
        await page.WaitForSelectorAsync("#list-preview >> text=Too small to measure");
        await LookedAtAsync(maker);
        await page.ClickAsync("button:has-text('Make the list')");
        await page.WaitForSelectorAsync("a:has-text('Review and approve')");
        await LookedAtAsync(maker);
        var list = page.Url;
        var toContact = await maker.NumberAsync(".figures dd >> nth=0");
        var control = await maker.NumberAsync(".figures dd >> nth=2");
        Assert.True(toContact > 50 && control > 20, $"{toContact} to contact, {control} control.");

        // The maker asks, somebody else decides.
        await page.GotoAsync(list + "/review");
        await page.FillAsync("#reason", "Please look at it.");
        await page.ClickAsync("button:has-text('for approval')");
        await page.WaitForSelectorAsync("text=Please look at it.");
        Assert.Equal(0, await page.Locator("button:has-text('Approve')").CountAsync());
        await page.GotoAsync(list + "/export");
        await page.WaitForSelectorAsync("text=waits for approval");
        await using (var checker = await OpenAsync(server, "chen@bank.example"))
        {
            await checker.Page.GotoAsync(list + "/review");
            await LookedAtAsync(checker);
            await checker.Page.FillAsync("#reason", "Counts and consent checked.");
            await checker.Page.ClickAsync("button:has-text('Approve')");
            await checker.Page.WaitForSelectorAsync("text=Counts and consent checked.");
            checker.AssertNoComplaints();
        }

        // The reason is asked once; the file holds as many rows as the page says, and nobody suppressed or without consent.
        await page.GotoAsync(list + "/export");
        await page.FillAsync("#reason", "Calls in spring");
        await LookedAtAsync(maker);
        var callers = await DownloadAsync(page, "button[value='Callers']");
        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator("#reason").CountAsync());
        var members = ListMembers.Read(Path.Combine(server.Files.ListFolder(Guid.Parse(list[(list.LastIndexOf('/') + 1)..])), ListMembers.FileName)).ToList();
        Assert.Equal((toContact, control), (members.Count(member => member.Group == ListGroup.Target), members.Count(member => member.Group == ListGroup.Control)));
        Assert.DoesNotContain(members, member => suppressed.Contains(member.CustomerId) || !Consents(Number(member.CustomerId)));
        Assert.All(members, member => Assert.Equal("Savers", member.Segment));

        // The callers' filled form comes back: of the control group nothing is known, and the page says so.
        await page.GotoAsync(list + "/outcomes");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "filled.xlsx", MimeType = "application/octet-stream", Buffer = Filled(callers, out var rows) });
        Assert.Equal(toContact, rows);
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForSelectorAsync("button:has-text('Record the outcomes')");
        await LookedAtAsync(maker);
        await page.ClickAsync("button:has-text('Record the outcomes')");
        await page.WaitForURLAsync("**/results");
        Assert.Contains("no outcome of the control group is known", await page.InnerTextAsync("main"), StringComparison.Ordinal);

        // The bank's own file tells of everybody: half of those contacted upgraded, and one in ten of the others.
        var outcomes = "customer_id,upgraded\n" + string.Concat(members.Select((member, place) =>
            $"{member.CustomerId},{((member.Group == ListGroup.Target ? place % 2 : place % 10) == 0 ? "yes" : "no")}\n"));
        await page.GotoAsync(list + "/outcomes");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "upgrades.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(outcomes) });
        await page.ClickAsync("text=Upload and look at it");
        await page.ClickAsync("button:has-text('Record the outcomes')");
        await page.WaitForURLAsync("**/results");
        var results = await page.InnerTextAsync("main");
        Assert.Matches(@"[Bb]etween \d+ and \d+ more upgrades than doing nothing", results);
        await LookedAtAsync(maker);
        await page.SetViewportSizeAsync(390, 844);
        await LookedAtAsync(maker);

        // The receipt ties it together.
        await page.SetViewportSizeAsync(1280, 800);
        await page.GotoAsync(list + "/export");
        using var receipt = JsonDocument.Parse(await DownloadAsync(page, "a:has-text('Number ') >> nth=0"));
        Assert.Contains("signature", receipt.RootElement.GetRawText(), StringComparison.OrdinalIgnoreCase);
        maker.AssertNoComplaints();
    }

    private static async Task LookedAtAsync(WatchedPage watched)
    {
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:00000}");

    private static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);

    private static bool Consents(int number) => number % 7 != 5;

    /// <summary>1,500 invented customers whose ids have leading zeros; affluent are mostly those with high balances.</summary>
    private static string Customers()
    {
        var text = new StringBuilder("customer_id,age,balance,products,consent_call,segment\n");
        for (var number = 0; number < 1500; number++)
        {
            var balance = number * 7919 % 10_007;
            var affluent = balance > 5000 ? number % 5 < 3 : number % 17 == 0;
            text.Append(CultureInfo.InvariantCulture, $"{Id(number)},{25 + (number * 37 % 40)},{balance},{number % 6},{(Consents(number) ? "Y" : "N")},{(affluent ? "affluent" : "normal")}\n");
        }

        return text.ToString();
    }

    private static Task<Guid> TrainAsync(CampaignApplication server) => server.InScopeAsync(async services =>
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Customers()));
        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            file, "customers.csv", new IntakeOptions(new RoleRequest(Exclude: ["consent_call"]), Confirm: true), Actor.LocalOwner);
        var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id))!;
        var job = await services.GetRequiredService<ModelRuns>().AddAsync(dataset, new TrainingRequest("Spring run", 0.9, 0.9, 1, Quick: true), Actor.LocalOwner, default);
        await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id);
        return job.SubjectId;
    });

    private static Task<bool> AddPersonAsync(CampaignApplication server, string email, string name, string role) => server.InScopeAsync(async services =>
    {
        var people = services.GetRequiredService<UserManager<CampaignUser>>();
        var person = new CampaignUser { UserName = email, Email = email, DisplayName = name };
        Assert.True((await people.CreateAsync(person, Password)).Succeeded);
        Assert.True((await people.AddToRoleAsync(person, role)).Succeeded);
        return true;
    });

    private async Task<WatchedPage> OpenAsync(CampaignApplication server, string email)
    {
        var watched = await browser.OpenAsync(server);
        watched.Page.SetDefaultTimeout(SlowMilliseconds);
        await watched.Page.GotoAsync("/sign-in");
        await watched.Page.FillAsync("input[name='Input.Email']", email);
        await watched.Page.FillAsync("input[name='Input.Password']", Password);
        await watched.Page.ClickAsync("button[type=submit]");
        await watched.Page.WaitForSelectorAsync("nav[aria-label=Main]");
        return watched;
    }

    /// <summary>The workbook with its outcome form filled: every second customer was reached and is interested.</summary>
    private static byte[] Filled(byte[] workbook, out int rowCount)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        rowCount = 0;
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var book = document.WorkbookPart!;
            var sheet = book.Workbook!.Descendants<Sheet>().Single(sheet => sheet.Name == "Outcome form");
            var rows = ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet!.Descendants<Row>().ToList();
            var response = rows[0].Elements<Cell>().ToList().FindIndex(cell => cell.InnerText == "Response");
            foreach (var row in rows.Skip(1))
            {
                var cell = row.Elements<Cell>().ElementAt(response);
                cell.DataType = CellValues.InlineString;
                cell.RemoveAllChildren();
                cell.AppendChild(new InlineString(new Text(rowCount++ % 2 == 0 ? "interested" : "not interested")));
            }
        }

        return stream.ToArray();
    }

    private static async Task<byte[]> DownloadAsync(IPage page, string selector)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(selector), new PageRunAndWaitForDownloadOptions { Timeout = SlowMilliseconds });
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }
}
