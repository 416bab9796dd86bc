using System.Net;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Campaign.Tests.Platform;

/// <summary>The page in place of an answer that failed.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task A_refusal_that_no_page_took_up_is_told_in_its_sentence_and_is_no_fault()
    {
        var (status, page, log) = await AnswerAsync(new RefusedException("The file <1> was deleted."));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("The file &lt;1&gt; was deleted.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A request failed", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_to_the_person_and_stands_in_the_log()
    {
        var (status, page, log) = await AnswerAsync(new InvalidOperationException("saving", new IOException("No space left on device : '/secret/place'", 28)));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(DiskSpace.Refusal().Message, page, StringComparison.Ordinal);
        Assert.Contains("A request failed", log, StringComparison.Ordinal);
        Assert.DoesNotContain("/secret/place", page + log, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Page, string Log)> AnswerAsync(Exception fault)
    {
        using var folder = new TempFolder();
        using var log = new LogLines();
        await using var app = CampaignHost.Build(new CampaignOptions { DataFolder = folder.Path, Urls = ["http://127.0.0.1:0"], RunsJobs = false });
        app.MapGet("/failing", IResult () => throw fault).AllowAnonymous();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = await client.GetAsync("/failing");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), log.Text);
    }
}
