using System.Globalization;
using System.Net;
using System.Text.Json;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

/// <summary>The money and the budget of the threshold page, as a browser asks for them.</summary>
public sealed class ThresholdMoneyTests : IAsyncLifetime
{
    private CampaignApplication _application = null!;
    private HttpClient _client = null!;
    private Guid _run;

    private string Page => $"/runs/{_run}/threshold";

    public async Task InitializeAsync()
    {
        _application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        _client = await _application.NewOwnerClientAsync();
        _run = await InventedRun.AddAsync(_application, 1500);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Fact]
    public async Task The_profit_is_told_for_each_point_of_the_curve_with_the_best_by_name()
    {
        var answer = await AnswerAsync("handler=Money&Money.Currency=RM&Money.Value=1000&Money.Cost=50&Money.Response=10");

        var profits = answer.GetProperty("profit").EnumerateArray().Select(profit => profit.GetDouble()).ToArray();
        var (curve, expected) = await CurveAsync();
        Assert.Equal(curve.Points.Select((point, i) => Math.Round((expected.Mid[i] * 100) - (point.Customers * 50), 2)), profits);
        var best = Array.IndexOf(profits, profits.Max());
        Assert.Equal(curve.Points[best].Score, answer.GetProperty("bestScore").GetDouble());
        Assert.Contains($"cut-off {InWords.Score(curve.Points[best].Score)}, {InWords.Count(curve.Points[best].Customers)} customers, expected profit RM ", answer.GetProperty("best").GetString(), StringComparison.Ordinal);
        Assert.Contains("at least 50 %", answer.GetProperty("breakEven").GetString(), StringComparison.Ordinal);
        Assert.All(
            profits.Zip(answer.GetProperty("low").EnumerateArray(), answer.GetProperty("high").EnumerateArray()),
            one => Assert.True(one.Second.GetDouble() <= one.First && one.First <= one.Third.GetDouble()));
    }

    [Theory]
    [InlineData("Money.Currency=RM&Money.Value=1000&Money.Cost=50")]
    [InlineData("Money.Currency=RM&Money.Value=-1&Money.Cost=50&Money.Response=10")]
    [InlineData("Money.Currency=RM&Money.Value=1000&Money.Cost=50&Money.Response=101")]
    [InlineData("Money.Currency=Malaysian ringgit&Money.Value=1000&Money.Cost=50&Money.Response=10")]
    public async Task Guesses_that_mean_nothing_are_refused_in_a_sentence(string query) =>
        Assert.Equal(ThresholdModel.MoneyForm.Missing, (await AnswerAsync("handler=Money&" + query)).GetProperty("refusal").GetString());

    [Fact]
    public async Task Saved_guesses_are_shown_on_record_and_the_next_runs_starting_values()
    {
        using var saved = await SaveAsync(version: 0, value: 1234);
        var page = await _client.GetStringAsync(Page);
        var other = await InventedRun.AddAsync(_application, 1500);
        var next = await _client.GetStringAsync($"/runs/{other}/threshold");

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("value=\"1234\"", page, StringComparison.Ordinal);
        Assert.Contains("saved by", page, StringComparison.Ordinal);
        Assert.Contains("Most profitable by this guess", page, StringComparison.Ordinal);
        Assert.Contains("At the cut-off in force", page, StringComparison.Ordinal);
        Assert.Contains("value=\"1234\"", next, StringComparison.Ordinal);
        Assert.DoesNotContain("saved by", next, StringComparison.Ordinal);
        var entry = await _application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().AuditEntries.SingleAsync(one => one.Action == AuditActions.MoneySet));
        Assert.Equal($"run:{_run}", entry.Subject);
        Assert.Contains("\"valuePerConversion\":1234", entry.DetailsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_editor_is_told_and_overwrites_nothing()
    {
        using var first = await SaveAsync(version: 0, value: 1234);
        using var second = await SaveAsync(version: 0, value: 99);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Contains("Somebody else has changed this run", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1234, (await FindAsync(_run)).Money!.ValuePerConversion);
    }

    [Fact]
    public async Task Without_an_estimate_of_the_hidden_no_profit_is_told()
    {
        var small = await InventedRun.AddAsync(_application, 300);

        Assert.Contains("with fewer than 400 customers recorded affluent", await _client.GetStringAsync($"/runs/{small}/threshold"), StringComparison.Ordinal);
        using var answer = await _client.GetAsync($"/runs/{small}/threshold?handler=Money&Money.Currency=RM&Money.Value=1&Money.Cost=1&Money.Response=1");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_budget_says_which_recall_it_costs_against_the_promise()
    {
        var run = await FindAsync(_run);
        var answer = await AnswerAsync("handler=Find&Input.Rule=Budget&Input.Budget=10");
        var selected = answer.GetProperty("point").GetProperty("selectedAffluent").GetInt32();
        var enough = await AnswerAsync("handler=Find&Input.Rule=Budget&Input.Budget=1500");

        Assert.Contains($"({run.Promise!.Kept - selected} of 500; 95 % interval ", answer.GetProperty("cost").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("This budget is enough for the promise", enough.GetProperty("cost").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await AnswerAsync("handler=Find&Input.Rule=ByHand&Input.Score=0.5")).GetProperty("cost").ValueKind);
    }

    private Task<HttpResponseMessage> SaveAsync(int version, double value) => _client.PostFormAsync(
        Page,
        [
            new("Version", version.ToString(CultureInfo.InvariantCulture)), new("Money.Currency", "RM"), new("Money.Value", value.ToString(CultureInfo.InvariantCulture)),
            new("Money.Cost", "50"), new("Money.Response", "10"),
        ],
        Page + "?handler=Money");

    private async Task<JsonElement> AnswerAsync(string query) => JsonDocument.Parse(await _client.GetStringAsync($"{Page}?{query}")).RootElement;

    private Task<ModelRunSummary> FindAsync(Guid run) => _application.InScopeAsync(async services => (await services.GetRequiredService<ModelRunCatalog>().FindAsync(run))!);

    private Task<(ThresholdCurve Curve, ExpectedAffluents Expected)> CurveAsync() => _application.InScopeAsync(async services =>
    {
        var runs = services.GetRequiredService<ModelRunCatalog>();
        return (await runs.ReadCurveAsync(_run), (await runs.ReadExpectedAffluentsAsync(_run))!);
    });
}
