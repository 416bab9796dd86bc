using System.Net;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Campaign.Tests.Hosting;

public sealed class CampaignHostTests
{
    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var application = await CampaignApplication.StartAsync();
        using var client = application.NewClient();

        using var answer = await client.GetAsync("/health");

        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync());
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [DatabaseTheory]
    public async Task What_start_up_logs_holds_no_connection(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var choice = provider == DatabaseProvider.PostgreSql ? database.Choice with { Connection = database.Choice.Connection + ";Password=sesame-opens" } : database.Choice;
        using var log = new LogLines();
        await using var app = CampaignHost.Build(
            new CampaignOptions { DataFolder = database.Files.Root, Database = choice, Urls = ["http://127.0.0.1:0"] });
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await client.GetAsync("/health");
        await app.StopAsync();

        foreach (var part in choice.Connection.Split(';').Where(part => part.Contains('=', StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(part, log.Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("sesame-opens", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_shows_a_page_in_words_and_logs_no_message()
    {
        using var folder = new TempFolder();
        using var log = new LogLines();
        await using var app = CampaignHost.Build(new CampaignOptions { DataFolder = folder.Path, Urls = ["http://127.0.0.1:0"] });
        app.MapGet("/broken", string () => throw new FormatException("'Jane Roe' is no number")).AllowAnonymous();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var answer = await client.GetAsync("/broken");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("<h1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane Roe", page + log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("FormatException", page, StringComparison.Ordinal);
        Assert.Contains("FormatException", log.Text, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task A_shared_database_that_is_not_up_to_date_is_refused_with_the_command_to_run(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        var options = new CampaignOptions { DataFolder = database.Files.Root, Database = database.Choice };
        if (provider == DatabaseProvider.Sqlite)
        {
            await using var session = await CampaignSession.OpenAsync(options);
            await using var scope = session.Services.CreateAsyncScope();
            Assert.Empty(await scope.ServiceProvider.GetRequiredService<CampaignDbContext>().Database.GetPendingMigrationsAsync());
            return;
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => CampaignSession.OpenAsync(options));

        Assert.Contains("campaign migrate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_follows_a_job_to_its_end_and_can_cancel_it()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var id = await application.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<CampaignDbContext>();
            var job = services.GetRequiredService<JobQueue>().Add(db, "work", Guid.NewGuid(), Actor.LocalOwner);
            await db.SaveChangesAsync();
            return job.Id;
        });

        await using var stream = await client.GetStreamAsync($"/jobs/{id}/events");
        using var reader = new StreamReader(stream);
        var first = await NextEventAsync(reader);
        using var forged = await client.PostAsync($"/jobs/{id}/cancel", null);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{id}/cancel");
        request.Headers.Add("RequestVerificationToken", await client.AntiforgeryTokenAsync("/people"));
        using var cancelled = await client.SendAsync(request);
        var last = await NextEventAsync(reader);

        Assert.Equal(new JobEvent("Waiting to start", 0, "queued", null), first);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal("cancelled", last!.State);
        Assert.Null(await NextEventAsync(reader));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/jobs/{Guid.NewGuid()}/events")).StatusCode);
    }

    private static async Task<JobEvent?> NextEventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<JobEvent>(line["data: ".Length..], JsonSerializerOptions.Web);
            }
        }

        return null;
    }
}
