using System.Net;
using System.Text;
using Campaign.Modules.Datasets;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Suppression;
using Campaign.Tests.Datasets;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.TargetLists.Suppression;

public sealed class SuppressionPagesTests
{
    [Fact]
    public async Task A_list_is_uploaded_looked_at_put_in_force_and_ended()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        Assert.Contains("No do-not-contact list yet", await owner.GetStringAsync("/suppression"), StringComparison.Ordinal);
        await application.InScopeAsync(services => services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers())), "customers.csv", new IntakeOptions(RoleRequest.Guess, Confirm: true), Actor.LocalOwner));

        var page = await UploadAsync(owner, "Complaints <2026>", "id\nC0001\nC0001\nX0002\n1.5E+15\n");
        var preview = WebUtility.HtmlDecode(await owner.GetStringAsync(page));
        foreach (var words in new[] { "not in force yet", "Would stop", "customers.csv, with 60 rows", "In none of your files", "of 3 ids", "1 row named one again", "1 id reads like 1.23E+15" })
        {
            Assert.Contains(words, preview, StringComparison.Ordinal);
        }

        Assert.Contains("Not in force yet", await owner.GetStringAsync("/suppression"), StringComparison.Ordinal);
        using var started = await owner.PostFormAsync(page, [new("Seen", "0")], page + "?handler=InForce");
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        Assert.Contains("Complaints &lt;2026&gt;", await owner.GetStringAsync("/suppression"), StringComparison.Ordinal);
        using var late = await owner.PostFormAsync(page, [new("Seen", "0")], page + "?handler=Discard");
        Assert.Contains("Somebody else has changed this list", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var withoutReason = await owner.PostFormAsync(page, [new("Seen", "1"), new("Reason", " ")], page + "?handler=End");
        Assert.Contains("Give the reason", await withoutReason.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var ended = await owner.PostFormAsync(page, [new("Seen", "1"), new("Reason", "all settled")], page + "?handler=End");

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        var lists = WebUtility.HtmlDecode(await owner.GetStringAsync("/suppression"));
        Assert.Contains("all settled", lists, StringComparison.Ordinal);
        Assert.DoesNotContain("C0001", lists + preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_column_can_not_be_told_the_page_asks_for_it()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var page = await UploadAsync(owner, "Opt-outs", "nr,place\n0012,Ipoh\n0007,Ipoh\n");
        var asked = await owner.GetStringAsync(page);
        Assert.Contains("Which column holds the customer ids?", asked, StringComparison.Ordinal);
        Assert.Contains("1: nr, then 0012", asked, StringComparison.Ordinal);
        using var nothing = await owner.PostFormAsync(page, [new("Seen", "0"), new("Position", "")], page + "?handler=Column");
        Assert.Contains("no such column", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var read = await owner.PostFormAsync(page, [new("Seen", "0"), new("Position", "0")], page + "?handler=Column");

        Assert.Equal(HttpStatusCode.Redirect, read.StatusCode);
        Assert.Contains("There is no customer file", await owner.GetStringAsync(page), StringComparison.Ordinal);
        using var discarded = await owner.PostFormAsync(page, [new("Seen", "1")], page + "?handler=Discard");
        Assert.Equal("/suppression", discarded.Headers.Location!.OriginalString);
        using var gone = await owner.GetAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_refused_is_said_on_the_page_and_to_its_script()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var token = await owner.AntiforgeryTokenAsync("/suppression/upload");

        using var empty = await owner.PostAsync("/suppression/upload", Form(token, "Complaints", ""));
        using var nameless = await owner.PostAsync("/suppression/upload", Form(token, "", "1\n"));
        using var stranger = await owner.PostAsync("/suppression/upload", Form("no token", "Complaints", "1\n"));

        Assert.Contains("The file is empty.", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Give the list a name", await nameless.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("This page was open too long.", await stranger.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All([empty, nameless, stranger], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Empty(await application.InScopeAsync(services => services.GetRequiredService<SuppressionRegister>().ListAsync()));
    }

    [Fact]
    public async Task On_a_server_compliance_alone_ends_a_list_and_who_only_reads_uploads_none()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { RunsJobs = false, IsServer = true });
        using var marketer = await server.NewPersonClientAsync(Roles.Marketer);
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);
        using var validator = await server.NewPersonClientAsync(Roles.Validator);
        var page = await UploadAsync(marketer, "Complaints", "0012\n");
        using var denied = await validator.GetAsync("/suppression/upload");
        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var started = await marketer.PostFormAsync(page, [new("Seen", "0")], page + "?handler=InForce");

        Assert.DoesNotContain("End the list", await marketer.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Contains("Compliance alone can end this list", await validator.GetStringAsync(page), StringComparison.Ordinal);
        using var mayNot = await marketer.PostFormAsync("/suppression/upload", [new("Seen", "1"), new("Reason", "why not")], page + "?handler=End");
        using var may = await compliance.PostFormAsync(page, [new("Seen", "1"), new("Reason", "all settled")], page + "?handler=End");

        Assert.Contains("/denied", mayNot.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(page, may.Headers.Location!.OriginalString);
    }

    private static async Task<string> UploadAsync(HttpClient client, string name, string text)
    {
        using var form = Form(await client.AntiforgeryTokenAsync("/suppression/upload"), name, text);
        using var answer = await client.PostAsync("/suppression/upload", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static MultipartFormDataContent Form(string token, string name, string text) => new()
    {
        { new StringContent(token), "__RequestVerificationToken" },
        { new StringContent(name), "name" },
        { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "ids.csv" },
    };
}
