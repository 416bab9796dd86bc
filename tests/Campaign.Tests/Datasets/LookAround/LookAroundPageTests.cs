using System.Net;
using System.Text;
using System.Text.Json;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.LookAround;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Datasets.LookAround;

public sealed class LookAroundPageTests : IAsyncLifetime
{
    private CampaignApplication _application = null!;
    private HttpClient _client = null!;
    private Guid _datasetId;

    private string Address => $"/datasets/{_datasetId}/look-around";

    public async Task InitializeAsync()
    {
        _application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        _client = await _application.NewOwnerClientAsync();
        _datasetId = await _application.InScopeAsync(async services =>
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers()));
            return (await services.GetRequiredService<DatasetIntake>().ReceiveAsync(file, "customers.csv", IntakeOptions.Default, Actor.LocalOwner)).Dataset.Id;
        });
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_profile_the_page_says_that_it_is_still_looking()
    {
        Assert.Contains("Not looked at yet", await _client.GetStringAsync(Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(Address + "?handler=Download")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/datasets/{Guid.NewGuid()}/look-around")).StatusCode);
    }

    [Fact]
    public async Task The_most_telling_columns_come_first_and_the_others_page_by_page()
    {
        await WriteProfileAsync(30);

        var (first, last) = (await _client.GetStringAsync(Address), await _client.GetStringAsync(Address + "?PageNumber=3"));

        Assert.Equal(12, Cards(first).Length);
        Assert.StartsWith("<h3>Wealth desk flag</h3>", Cards(first)[0], StringComparison.Ordinal);
        Assert.Equal(6, Cards(last).Length);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", Cards(last)[5], StringComparison.Ordinal);
        Assert.Contains("66,000", first, StringComparison.Ordinal);
        Assert.Contains("7.0 %", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_column_can_be_opened_or_found_without_a_script()
    {
        await WriteProfileAsync(30);

        var opened = Cards(await _client.GetStringAsync(Address + "?column=3"));
        var found = Cards(await _client.GetStringAsync(Address + "?search=casa"));

        Assert.StartsWith("<h3>Age</h3>", Assert.Single(opened), StringComparison.Ordinal);
        Assert.Equal(SampleProfile.Build(30).Columns.Count(column => column.Name.Contains("CASA", StringComparison.Ordinal)), found.Length);
        Assert.Empty(Cards(await _client.GetStringAsync(Address + "?search=nothing+like+this")));
    }

    [Fact]
    public async Task The_page_holds_no_inline_style_and_no_inline_script()
    {
        await WriteProfileAsync(12);

        var page = await _client.GetStringAsync(Address);

        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_is_one_file_and_stands_in_the_trail()
    {
        await WriteProfileAsync(12);

        using var answer = await _client.GetAsync(Address + "?handler=Download");

        Assert.Equal("look-around.html", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains("no customer&#39;s row is in it", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var entry = await _application.InScopeAsync(services =>
            services.GetRequiredService<CampaignDbContext>().AuditEntries.SingleAsync(one => one.Action == AuditActions.Downloaded));
        Assert.Equal($"dataset:{_datasetId}", entry.Subject);
    }

    [Fact]
    public async Task Nobody_looks_around_without_signing_in()
    {
        await WriteProfileAsync(12);
        using var stranger = _application.NewClient();

        using var answer = await stranger.GetAsync(Address);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>As the job leaves it.</summary>
    private async Task WriteProfileAsync(int columnCount)
    {
        await File.WriteAllTextAsync(
            DatasetProfiles.ProfileIn(_application.Files.DatasetFolder(_datasetId), 0), JsonSerializer.Serialize(SampleProfile.Build(columnCount), ProfileJson.Options));
        await _application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().Set<Dataset>()
            .Where(dataset => dataset.Id == _datasetId).ExecuteUpdateAsync(set => set.SetProperty(dataset => dataset.ProfiledVersion, 0)));
    }

    /// <summary>The cards of the columns, each from its heading on.</summary>
    private static string[] Cards(string page) => [.. page.Split("<article class=\"look-card\"><header class=\"look-head\">").Skip(1)];
}
