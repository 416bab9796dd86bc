using System.Globalization;
using System.Net;
using System.Text;
using Campaign.Modules.Datasets;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Datasets;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Governance;

/// <summary>The page of what came of a dataset, and the deletion on it.</summary>
public sealed class LineageTests
{
    [Fact]
    public async Task What_depends_on_the_file_is_shown_first_and_without_the_tick_nothing_is_deleted()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var made = await MakeAsync(application);

        var page = await owner.GetStringAsync(made.Page);
        using var answer = await DeleteAsync(owner, made, isSure: false);

        Assert.Contains("1 model run (Spring run), 1 target list", page, StringComparison.Ordinal);
        Assert.Contains("Spring list", page, StringComparison.Ordinal);
        Assert.Contains("target-list.xlsx by Aina", page, StringComparison.Ordinal);
        Assert.Contains("Tick the box", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(await IsThereAsync(application, made));
    }

    [Fact]
    public async Task While_something_is_made_from_the_file_it_stays()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var made = await MakeAsync(application);
        foreach (var subject in new[] { made.RunId, made.ListId })
        {
            var jobId = await QueueAsync(application, subject);
            using var refused = await DeleteAsync(owner, made, isSure: true);
            Assert.Contains("is being made from this file at this moment", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.True(await IsThereAsync(application, made));
            await EndAsync(application, jobId);
        }

        using var done = await DeleteAsync(owner, made, isSure: true);

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.False(await IsThereAsync(application, made));
    }

    [Fact]
    public async Task After_the_deletion_the_record_stays_and_pages_of_single_customers_say_why_they_are_empty()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var made = await MakeAsync(application);
        using var done = await DeleteAsync(owner, made, isSure: true);

        var page = await owner.GetStringAsync(made.Page);
        Assert.Contains("columns were deleted on", page, StringComparison.Ordinal);
        Assert.Contains("Spring run", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Delete the file", page, StringComparison.Ordinal);
        foreach (var address in new[] { $"/runs/{made.RunId}/hidden-affluents", $"/runs/{made.RunId}/scores.csv", $"/datasets/{made.DatasetId}/columns" })
        {
            using var answer = await owner.GetAsync(address);
            Assert.Equal((HttpStatusCode.Conflict, address), (answer.StatusCode, address));
            Assert.Contains("The customer file behind this was deleted.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        foreach (var address in new[] { "", "/quality", "/look-around", "/train", "?handler=Rejected" }.Select(end => $"/datasets/{made.DatasetId}{end}").Append("/datasets").Append("/"))
        {
            using var answer = await owner.GetAsync(address);
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{address} answered {answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task A_marketer_or_an_administrator_may_delete_and_compliance_only_looks()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true, RunsJobs = false });
        using var marketer = await server.NewPersonClientAsync(Roles.Marketer);
        using var administrator = await server.NewPersonClientAsync(Roles.Administrator);
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);
        var first = await MakeAsync(server);
        var second = await MakeAsync(server);

        Assert.DoesNotContain("handler=Delete", await compliance.GetStringAsync(first.Page), StringComparison.Ordinal);
        using var looked = await DeleteAsync(compliance, first, isSure: true, formOf: "/datasets");
        Assert.StartsWith("/denied", looked.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.True(await IsThereAsync(server, first));

        using var byMarketer = await DeleteAsync(marketer, first, isSure: true);
        using var byAdministrator = await DeleteAsync(administrator, second, isSure: true);

        Assert.False(await IsThereAsync(server, first));
        Assert.False(await IsThereAsync(server, second));
    }

    /// <param name="Page">Of the lineage.</param>
    private sealed record Made(Guid DatasetId, int Version, Guid RunId, Guid ListId, string Page);

    /// <summary>A dataset with a finished run, a list and a download of it.</summary>
    private static Task<Made> MakeAsync(CampaignApplication application) => application.InScopeAsync(async services =>
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers()));
        var taken = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(file, "customers.csv", IntakeOptions.Default with { Confirm = true }, IntakeFixture.Actor);
        var db = services.GetRequiredService<CampaignDbContext>();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var run = new ModelRun
        {
            Id = Guid.NewGuid(),
            DatasetId = taken.Dataset.Id,
            Fingerprint = taken.Dataset.Fingerprint,
            Name = "Spring run",
            RecallFloor = 0.9,
            Confidence = 0.95,
            CompletedUtc = now,
            Threshold = 0.5,
            CreatedByName = "Aina",
            CreatedUtc = now,
        };
        var list = new TargetList { Id = Guid.NewGuid(), ModelRunId = run.Id, Name = "Spring list", CreatedByName = "Aina", CreatedUtc = now, ValidUntilUtc = now };
        db.AddRange(run, list);
        services.GetRequiredService<AuditTrail>().Append(db, IntakeFixture.Actor, AuditActions.Downloaded, $"list:{list.Id}", new { file = "target-list.xlsx" });
        await db.SaveChangesAsync();
        return new Made(taken.Dataset.Id, taken.Dataset.Version, run.Id, list.Id, $"/datasets/{taken.Dataset.Id}/lineage");
    });

    private static Task<HttpResponseMessage> DeleteAsync(HttpClient client, Made made, bool isSure, string? formOf = null) => client.PostFormAsync(
        formOf ?? made.Page,
        [new("Version", made.Version.ToString(CultureInfo.InvariantCulture)), new("IsSure", isSure ? "true" : "false")],
        $"{made.Page}?handler=Delete");

    private static Task<bool> IsThereAsync(CampaignApplication application, Made made) => application.InScopeAsync(async services =>
    {
        var row = await services.GetRequiredService<CampaignDbContext>().Set<Dataset>().AsNoTracking().SingleAsync(dataset => dataset.Id == made.DatasetId);
        var isThere = Directory.Exists(application.Files.DatasetFolder(made.DatasetId));
        Assert.Equal(row.DeletedUtc is null, isThere);
        return isThere;
    });

    private static Task<Guid> QueueAsync(CampaignApplication application, Guid subjectId) => application.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<CampaignDbContext>();
        var job = services.GetRequiredService<JobQueue>().Add(db, "work", subjectId, IntakeFixture.Actor);
        await db.SaveChangesAsync();
        return job.Id;
    });

    private static Task<bool> EndAsync(CampaignApplication application, Guid jobId) => application.InScopeAsync(services =>
        services.GetRequiredService<JobQueue>().RequestCancelAsync(services.GetRequiredService<CampaignDbContext>(), jobId, IntakeFixture.Actor));
}
