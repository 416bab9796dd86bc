using System.Net;
using Campaign.Learning.Explanations;
using Campaign.Modules.Governance;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

public sealed class ExplainPageTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    [Fact]
    public async Task Everybody_who_may_read_sees_what_matters_and_nobody_sees_a_customer()
    {
        using var validator = await run.Server.NewPersonClientAsync(Roles.Validator);
        var page = await validator.GetStringAsync($"/runs/{run.RunId}/explain");

        Assert.Contains("What the models go by", page, StringComparison.Ordinal);
        Assert.Contains("How much each column moves the score", page, StringComparison.Ordinal);
        Assert.Contains("higher values raise the score", page, StringComparison.Ordinal);
        Assert.Contains("for 400 of 400 rows", page, StringComparison.Ordinal);
        Assert.DoesNotContain("K0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>chief</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_a_version_that_did_not_work_it_out_says_so()
    {
        var path = Path.Combine(run.Server.Files.RunFolder(run.RunId), GlobalImportance.FileName);
        File.Move(path, path + ".away");
        using var validator = await run.Server.NewPersonClientAsync(Roles.Validator);
        var page = await validator.GetStringAsync($"/runs/{run.RunId}/explain");
        File.Move(path + ".away", path);

        Assert.Contains("Not worked out for this run", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await validator.GetAsync($"/runs/{Guid.NewGuid()}/explain")).StatusCode);
    }

    [Fact]
    public async Task The_model_card_tells_importance_and_what_is_kept_of_the_customers()
    {
        var card = await run.Server.InScopeAsync(services => services.GetRequiredService<ModelCardBuilder>().BuildAsync(run.RunId));
        var html = ModelCardPdf.ToHtml(card);

        Assert.Equal("balance", card.Reasons.Importance!.Columns[0].Column);
        Assert.Equal(400, card.Reasons.KnownCustomerCount);
        Assert.Contains("What the models go by, over all customers", html, StringComparison.Ordinal);
        Assert.Contains("of each of 400 ids", html, StringComparison.Ordinal);
        Assert.Contains("none, and no hash of any", ModelCardPdf.ToHtml(card with { Reasons = card.Reasons with { KnownCustomerCount = null } }), StringComparison.Ordinal);
    }
}
