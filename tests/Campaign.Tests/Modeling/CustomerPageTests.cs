using System.Net;
using System.Text.RegularExpressions;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

public sealed partial class CustomerPageTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    private const string Answered = "With your changes";

    [Fact]
    public async Task One_customer_is_shown_with_the_out_of_fold_score_and_why()
    {
        using var marketer = await run.Server.NewPersonClientAsync(Roles.Marketer);
        var page = await marketer.GetStringAsync(Address(18));
        var logOdds = await run.Server.InScopeAsync(services => Task.FromResult(services.GetRequiredService<ModelRunCatalog>().LoadScores(run.RunId).LogOdds[17]));

        Assert.Contains("Why customer K0017?", page, StringComparison.Ordinal);
        Assert.Contains($"Score {InWords.Score(LogOdds.ToScore(logOdds))}", page, StringComparison.Ordinal);
        Assert.Contains("What each value adds to the log-odds", page, StringComparison.Ordinal);
        Assert.Contains("typical normal customer", page, StringComparison.Ordinal);
        Assert.Contains("Not advice.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>chief</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Answered, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_values_are_scored_anew_and_a_feature_computed_from_them_too()
    {
        using var marketer = await run.Server.NewPersonClientAsync(Roles.Marketer);
        var fields = await FieldsAsync(marketer, 18);
        using var answer = await marketer.PostFormAsync(Address(18), fields.With("balance", "9,990").With("card_limit", ""));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        var scores = Scores().Match(page);

        Assert.Contains(Answered, page, StringComparison.Ordinal);
        Assert.Contains($"balance from {fields.Of("balance")} to 9,990", page, StringComparison.Ordinal);
        Assert.Contains($"card_limit from {fields.Of("card_limit")} to missing", page, StringComparison.Ordinal);
        Assert.True(scores.Success && scores.Groups[1].Value != scores.Groups[2].Value);
    }

    [Theory]
    [InlineData("balance", "lots", "'balance' takes a number, for example 1234.5, or nothing.")]
    [InlineData("balance", "1e39", "'balance' takes a number, for example 1234.5, or nothing.")]
    [InlineData("balance", "NaN", "'balance' takes a number, for example 1234.5, or nothing.")]
    [InlineData("job", "astronaut", "Choose one of the values of 'job' that the models know.")]
    [InlineData(null, null, "Change at least one value to see what it would do.")]
    public async Task A_value_that_is_none_is_answered_with_one_sentence(string? column, string? value, string sentence)
    {
        using var marketer = await run.Server.NewPersonClientAsync(Roles.Marketer);
        var fields = await FieldsAsync(marketer, 18);
        using var answer = await marketer.PostFormAsync(Address(18), column is null ? fields : fields.With(column, value!));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Answered, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_look_is_in_the_trail_and_no_value_is_there_or_in_the_log()
    {
        using var marketer = await run.Server.NewPersonClientAsync(Roles.Marketer);
        var fields = await FieldsAsync(marketer, 33);
        using var answer = await marketer.PostFormAsync(Address(33), fields.With("balance", "8712.25"));
        var entries = await run.Server.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().AuditEntries.AsNoTracking()
            .Where(entry => entry.Action == AuditActions.CustomerLookedAt && entry.Subject == $"run:{run.RunId}").OrderBy(entry => entry.Sequence).ToListAsync());

        Assert.Contains(Answered, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(entries, entry => entry.DetailsJson == """{"row":33,"whatIf":false}""");
        Assert.Contains(entries, entry => entry.DetailsJson == """{"row":33,"whatIf":true}""");
        Assert.DoesNotContain(entries, entry => entry.DetailsJson!.Contains("8712", StringComparison.Ordinal));
        Assert.DoesNotContain("8712", run.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("K0032", run.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_may_see_customers_see_one_and_a_row_that_is_not_there_is_not_found()
    {
        using var marketer = await run.Server.NewPersonClientAsync(Roles.Marketer);
        using var validator = await run.Server.NewPersonClientAsync(Roles.Validator);

        Assert.Equal(HttpStatusCode.Redirect, (await validator.GetAsync(Address(18))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await marketer.GetAsync(Address(0))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await marketer.GetAsync(Address(401))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await marketer.GetAsync($"/runs/{Guid.NewGuid()}/customers/1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await marketer.GetAsync(Address(400))).StatusCode);
    }

    private string Address(int row) => $"/runs/{run.RunId}/customers/{row}";

    /// <summary>The form as the page sends it where nobody changes anything.</summary>
    private async Task<WhatIfForm> FieldsAsync(HttpClient client, int row)
    {
        var page = await client.GetStringAsync(Address(row));
        var fields = new List<(string Name, string Key, string Value)>();
        foreach (Match field in Field().Matches(page))
        {
            var chosen = Chosen().Match(field.Groups[2].Value);
            var value = field.Groups[2].Value.Contains("<select", StringComparison.Ordinal) ? chosen.Groups[1].Value : Input().Match(field.Groups[2].Value).Groups[1].Value;
            fields.Add((field.Groups[1].Value, Key().Match(field.Groups[2].Value).Groups[1].Value, WebUtility.HtmlDecode(value)));
        }

        return new WhatIfForm(fields);
    }

    private sealed class WhatIfForm(IReadOnlyList<(string Name, string Key, string Value)> fields) : List<KeyValuePair<string, string>>(fields.Select(field => new KeyValuePair<string, string>(field.Key, field.Value)))
    {
        public string Of(string name) => fields.Single(field => field.Name == name).Value;

        public WhatIfForm With(string name, string value) => new([.. fields.Select(field => field.Name == name ? field with { Value = value } : field)]);
    }

    [GeneratedRegex("<label class=\"form-label\" for=\"value-\\d+\">([^<]+)</label>(.*?)<span class=\"form-hint\"", RegexOptions.Singleline)]
    private static partial Regex Field();

    [GeneratedRegex("name=\"(Values\\[\\d+\\])\"")]
    private static partial Regex Key();

    [GeneratedRegex("<option value=\"([^\"]*)\" selected")]
    private static partial Regex Chosen();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Input();

    [GeneratedRegex("Score <strong>([0-9.]+)</strong> instead of ([0-9.]+)")]
    private static partial Regex Scores();
}
