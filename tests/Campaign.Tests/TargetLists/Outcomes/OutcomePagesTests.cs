using System.Net;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contracts;
using Campaign.Modules.TargetLists.Outcomes;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.TargetLists.Outcomes;

/// <summary>Outcomes of a list of 20 invented customers and a control group of 10, from the upload to the next training, as a browser asks for them.</summary>
public sealed class OutcomePagesTests : IAsyncLifetime
{
    private CampaignApplication _application = null!;
    private HttpClient _client = null!;
    private ModelRun _run = null!;
    private TargetList _list = null!;

    private string Page => $"/lists/{_list.Id}/outcomes";

    public async Task InitializeAsync()
    {
        _application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        _client = await _application.NewOwnerClientAsync();
        _run = await SampleRuns.AddRunAsync(_application);
        _list = await AddListAsync(ListStage.Exported);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_looked_at_recorded_and_told_in_words()
    {
        var review = await UploadAsync(Everyone(id => id is "C0001" or "C0002" or "C0031"));
        var looked = await _client.GetStringAsync(review);
        using var recorded = await RecordAsync(review);
        var results = WebUtility.HtmlDecode(await _client.GetStringAsync($"/lists/{_list.Id}/results?Value=1000&Cost=1"));

        Assert.Contains("upgrades among 20 of 20", looked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, recorded.StatusCode);
        Assert.Contains("Can't tell from doing nothing", results, StringComparison.Ordinal);
        Assert.Contains("not enough data", results, StringComparison.Ordinal);
        Assert.Contains("Qini curve", results, StringComparison.Ordinal);
        Assert.Contains("95 % interval", results, StringComparison.Ordinal);
        Assert.Contains("less the cost of 20 contacts", results, StringComparison.Ordinal);
        Assert.Contains("intention to treat", results, StringComparison.Ordinal);
        Assert.Equal("customer_id\nC0002\n", await _client.GetStringAsync($"/lists/{_list.Id}/results?handler=OptOuts"));
        using var suppressed = await _client.PostFormAsync($"/lists/{_list.Id}/results", [], $"/lists/{_list.Id}/results?handler=Suppress");
        var doNotContact = WebUtility.HtmlDecode(await _client.GetStringAsync(suppressed.Headers.Location));
        Assert.Contains("Opt-outs of Spring list", doNotContact, StringComparison.Ordinal);
        Assert.Contains("Put it in force", doNotContact, StringComparison.Ordinal);
        var (counts, optOuts) = await InRegisterAsync(async register =>
        {
            var current = (await register.CurrentAsync(_list.Id))!;
            return (current.ReadCounts()!, register.OptOuts(current));
        });
        Assert.Equal((20, 2, 10, 1), (counts.TargetKnown, counts.TargetResponses, counts.ControlKnown, counts.ControlResponses));
        Assert.Equal(["C0002"], optOuts);
    }

    [Fact]
    public async Task A_file_of_the_contacted_only_has_no_uplift_and_says_why()
    {
        using var recorded = await RecordAsync(await UploadAsync(File(Targets(), id => id == "C0001")));
        var results = WebUtility.HtmlDecode(await _client.GetStringAsync($"/lists/{_list.Id}/results"));

        Assert.Contains("no outcome of the control group is known", results, StringComparison.Ordinal);
        Assert.Contains("The file is of customers to contact only.", results, StringComparison.Ordinal);
        Assert.DoesNotContain("Qini curve", results, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ListStage.Draft, "is a draft")]
    [InlineData(ListStage.InReview, "waits for approval")]
    [InlineData(ListStage.Approved, "is approved but never left")]
    [InlineData(ListStage.Withdrawn, "was withdrawn before it left")]
    public async Task A_list_that_never_left_has_no_outcomes(ListStage stage, string why)
    {
        var never = await AddListAsync(stage);

        var refusal = await InRegisterAsync(register => Assert.ThrowsAsync<RefusedException>(() => register.ArriveAsync(
            never, new MemoryStream(Encoding.UTF8.GetBytes(Everyone(_ => true))), "outcomes.csv", 0, Actor.LocalOwner)));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("This list never left", await _client.GetStringAsync($"/lists/{never.Id}/outcomes"), StringComparison.Ordinal);
        Assert.Empty(await InRegisterAsync(register => register.ListAsync(never.Id)));
        Assert.False(Directory.Exists(Path.Combine(_application.Files.ListFolder(never.Id), "outcomes")));
    }

    [Fact]
    public async Task Rows_of_others_are_left_aside_only_by_a_persons_word_and_nothing_is_half_recorded()
    {
        var review = await UploadAsync(Everyone(id => id == "C0001") + "C0060,yes,Y,\nNOBODY,no,N,\n");
        var looked = await _client.GetStringAsync(review);
        using var refused = await RecordAsync(review);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        var none = await InRegisterAsync(register => register.CurrentAsync(_list.Id));
        using var recorded = await RecordAsync(review, leavesStraysAside: true);

        Assert.Contains("the first on line 32, 33; 1 of them not in the customer file either", looked, StringComparison.Ordinal);
        Assert.Contains("2 rows of customers who are neither on this list nor in its control group.", page, StringComparison.Ordinal);
        Assert.Null(none);
        Assert.Equal(HttpStatusCode.Redirect, recorded.StatusCode);
    }

    [Fact]
    public async Task Later_outcomes_supersede_earlier_ones_and_both_are_kept()
    {
        using var first = await RecordAsync(await UploadAsync(Everyone(id => id == "C0001")));
        using var second = await RecordAsync(await UploadAsync(Everyone(id => id is "C0001" or "C0002")));
        var (uploads, current) = await InRegisterAsync(async register => (await register.ListAsync(_list.Id), (await register.CurrentAsync(_list.Id))!));

        Assert.Equal(2, uploads.Count);
        Assert.Equal(2, current.ReadCounts()!.TargetResponses);
        Assert.Equal(uploads.Single(upload => upload.Id != current.Id).Id, current.SupersedesId);
        var entries = await _application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().AuditEntries
            .Where(entry => entry.Action == AuditActions.OutcomesRecorded).ToListAsync());
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.DoesNotContain("C00", entry.DetailsJson, StringComparison.Ordinal));
        var outcomes = await _application.InScopeAsync(services => services.GetRequiredService<TargetListCatalog>().OutcomesOfAsync([_list.Id]));
        Assert.Equal([2, 1], outcomes.Select(one => one.Responses));
    }

    [Fact]
    public async Task A_file_that_is_no_table_is_refused_and_nothing_is_kept_but_an_entry()
    {
        using var answer = await SendAsync("only one column\n");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Empty(await InRegisterAsync(register => register.ListAsync(_list.Id)));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_application.Files.Root, "staging")));
        Assert.True(await _application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().AuditEntries.AnyAsync(entry => entry.Action == AuditActions.OutcomesRefused)));
    }

    [Fact]
    public async Task A_waiting_file_can_be_discarded_and_leaves_nothing()
    {
        var review = await UploadAsync(Everyone(_ => false));
        using var discarded = await _client.PostFormAsync(review, [new("Seen", "0")], review + "?handler=Discard");

        Assert.Equal(HttpStatusCode.Redirect, discarded.StatusCode);
        Assert.Empty(await InRegisterAsync(register => register.ListAsync(_list.Id)));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_application.Files.ListFolder(_list.Id), "outcomes")));
    }

    [Fact]
    public async Task The_next_file_to_train_on_has_the_upgraded_recorded_affluent_and_says_where_it_came_from()
    {
        using var recorded = await RecordAsync(await UploadAsync(Everyone(id => id is "C0001" or "C0031")));
        using var trained = await _client.PostFormAsync($"/lists/{_list.Id}/results", [], $"/lists/{_list.Id}/results?handler=Train");

        Assert.Equal(HttpStatusCode.Redirect, trained.StatusCode);
        var (before, made) = await _application.InScopeAsync(async services =>
        {
            var catalog = services.GetRequiredService<DatasetCatalog>();
            return ((await catalog.FindAsync(_run.DatasetId))!, Assert.Single(await catalog.DerivedFromAsync(_run.DatasetId)));
        });
        Assert.Equal("customers, with outcomes of Spring list.csv", made.FileName);
        Assert.Equal((2, 2, _list.Id), (made.Derivation!.ChangedRowCount, made.Derivation.ChangedCustomerCount, made.Derivation.TargetListId));
        Assert.Equal(before.Roles.Features, made.Roles.Features);
        Assert.True(made.ColumnsConfirmed);
        await _application.InScopeAsync(services =>
        {
            var catalog = services.GetRequiredService<DatasetCatalog>();
            using var old = catalog.OpenColumns(before.Id);
            using var table = catalog.OpenColumns(made.Id);
            var (was, now) = (DatasetCatalog.ReadCustomers(old, before.Roles), DatasetCatalog.ReadCustomers(table, made.Roles));
            Assert.Equal(was.CustomerIds, now.CustomerIds);
            Assert.Equal(["C0001", "C0031"], Enumerable.Range(0, now.RowCount).Where(row => was.Affluent[row] != now.Affluent[row]).Select(row => now.CustomerIds[now.CustomerOfRow[row]]));
            return Task.FromResult(true);
        });
        var lineage = await _client.GetStringAsync($"/datasets/{made.Id}/lineage");
        Assert.Contains("2 customers recorded affluent by the", lineage, StringComparison.Ordinal);
        Assert.Contains($"/datasets/{made.Id}/lineage", await _client.GetStringAsync($"/datasets/{before.Id}/lineage"), StringComparison.Ordinal);
        Assert.True(await _application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().AuditEntries.AnyAsync(entry => entry.Action == AuditActions.OutcomesAsLabels)));
    }

    [Fact]
    public async Task Outcomes_that_change_no_recorded_class_make_no_file()
    {
        using var recorded = await RecordAsync(await UploadAsync(Everyone(_ => false)));

        var refusal = await InRegisterAsync(register => Assert.ThrowsAsync<RefusedException>(() => register.MakeTrainingFileAsync(_list, Actor.LocalOwner)));

        Assert.StartsWith("No recorded class would change", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The recorded normals of the invented file; the first 20 of them to contact, the next 10 kept back.</summary>
    private static string[] Normals() => [.. Enumerable.Range(1, 60).Where(row => row % 3 != 0).Select(row => $"C{row:0000}")];

    private static IEnumerable<string> Targets() => Normals().Take(20);

    private static string Everyone(Func<string, bool> upgraded) => File(Normals().Take(30), upgraded);

    private static string File(IEnumerable<string> ids, Func<string, bool> upgraded) =>
        "customer_id,upgraded,contacted,opt-out\n" + string.Concat(ids.Select(id => $"{id},{(upgraded(id) ? "yes" : "no")},{(Targets().Contains(id) ? "Y" : "N")},{(id == "C0002" ? "Y" : "")}\n"));

    private Task<T> InRegisterAsync<T>(Func<OutcomeRegister, Task<T>> work) => _application.InScopeAsync(services => work(services.GetRequiredService<OutcomeRegister>()));

    private Task<TargetList> AddListAsync(ListStage stage) => _application.InScopeAsync(async services =>
    {
        var list = new TargetList
        {
            Id = Guid.CreateVersion7(),
            ModelRunId = _run.Id,
            Name = "Spring list",
            Purpose = "Invite",
            DefinitionJson = new ListDefinition().ToJson(),
            Stage = stage,
            ApprovedById = stage == ListStage.Approved ? "somebody else" : null,
            ExportedUtc = stage == ListStage.Exported ? DateTime.UtcNow : null,
            CreatedUtc = DateTime.UtcNow,
            ValidUntilUtc = DateTime.UtcNow.AddDays(-1),
        };
        var db = services.GetRequiredService<CampaignDbContext>();
        db.Add(list);
        await db.SaveChangesAsync();
        var folder = _application.Files.ListFolder(list.Id);
        Directory.CreateDirectory(folder);
        await using var file = System.IO.File.Create(Path.Combine(folder, ListMembers.FileName));
        var customers = Normals().Take(30).Select((id, place) => new ListedCustomer(id, place + 1, 1 - (place / 100.0), place % 20 < 10 ? 'A' : 'B', ListConfidence.High, place + 1)).ToList();
        ListMembers.Write(file, new TargetListSelection(customers[..20], customers[20..], [], new ListCounts([], 20, 10, 0)));
        return list;
    });

    /// <returns>The page that shows how the file is read.</returns>
    private async Task<string> UploadAsync(string text)
    {
        using var answer = await SendAsync(text);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<HttpResponseMessage> SendAsync(string text)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await _client.AntiforgeryTokenAsync(Page)), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "outcomes.csv" },
        };
        return await _client.PostAsync(Page, form);
    }

    private Task<HttpResponseMessage> RecordAsync(string review, bool leavesStraysAside = false) => _client.PostFormAsync(
        review,
        [
            new("Seen", "0"), new("Input.Id", "customer_id"), new("Input.Outcome", "upgraded"), new("Input.ValuesOf", "upgraded"), new("Input.Successes", "yes"),
            new("Input.Contacted", "contacted"), new("Input.OptOut", "opt-out"), new("Input.Coverage", nameof(OutcomeCoverage.Partial)), new("Input.Noun", "upgrades"),
            new("LeavesStraysAside", leavesStraysAside ? "true" : "false"),
        ],
        review + "?handler=Record");
}
