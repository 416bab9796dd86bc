using System.Net;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class FirstAdministratorTests : IAsyncLifetime
{
    private const string Password = "four words in a row";
    private CampaignApplication _application = null!;

    public async Task InitializeAsync() => _application = await CampaignApplication.StartAsync(options => options with { IsServer = true });

    public async Task DisposeAsync() => await _application.DisposeAsync();

    [Fact]
    public async Task The_printed_link_makes_one_administrator_who_can_sign_in()
    {
        using var client = _application.NewClient();
        var link = new Uri(await _application.OpeningAddressAsync()).AbsolutePath;
        Assert.StartsWith("/setup/", link, StringComparison.Ordinal);

        using var made = await client.PostFormAsync(link, NewAdministrator("first@bank.example"));
        using var signedIn = await SignInAsync(client, "first@bank.example", Password);

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/people")).StatusCode);
        Assert.Null(await _application.App.Services.GetRequiredService<FirstAdministrator>().NewLinkAsync());
        Assert.Equal([AuditActions.PersonAdded, AuditActions.SignedIn], await ActionsAsync());
    }

    [Fact]
    public async Task The_link_works_once_even_for_two_at_the_same_time()
    {
        var first = _application.App.Services.GetRequiredService<FirstAdministrator>();
        var token = (await first.NewLinkAsync())!["/setup/".Length..];

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => first.CreateAsync(token, $"a{i}@bank.example", "A", Password))));

        Assert.Equal(1, answers.Count(refusals => refusals.Count == 0));
        Assert.False(first.Fits(token));
    }

    [Fact]
    public async Task A_short_password_is_refused_in_words_and_the_link_stays()
    {
        var first = _application.App.Services.GetRequiredService<FirstAdministrator>();
        var token = (await first.NewLinkAsync())!["/setup/".Length..];

        Assert.Contains("12", Assert.Single(await first.CreateAsync(token, "a@bank.example", "A", "short")), StringComparison.Ordinal);
        Assert.Empty(await first.CreateAsync(token, "a@bank.example", "A", Password));
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_and_stay_out_of_the_trail()
    {
        await AddAdministratorAsync();
        using var client = _application.NewClient();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await SignInAsync(client, "admin@bank.example", "my secret guess");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var right = await SignInAsync(client, "admin@bank.example", Password);

        Assert.Contains("locked", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var details = await _application.InScopeAsync(services =>
            services.GetRequiredService<CampaignDbContext>().AuditEntries.Select(entry => entry.Subject + entry.DetailsJson).ToListAsync());
        Assert.DoesNotContain("guess", string.Concat(details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_guesses_is_slowed_down()
    {
        using var client = _application.NewClient();
        var token = await client.AntiforgeryTokenAsync("/sign-in");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Input.Email", $"a{i}@bank.example"), new("Input.Password", "x")]);
            using var answer = await client.PostAsync("/sign-in", form);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(2, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in_and_a_refusal_is_recorded()
    {
        await AddAdministratorAsync();
        using var client = _application.NewClient();
        using var anonymous = await client.GetAsync("/people");
        Assert.Contains("/sign-in", anonymous.Headers.Location!.ToString(), StringComparison.Ordinal);

        // An administrator may not cancel a training that someone else asked for.
        using var signedIn = await SignInAsync(client, "admin@bank.example", Password);
        var job = await _application.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<CampaignDbContext>();
            var row = services.GetRequiredService<JobQueue>().Add(db, "elsewhere", Guid.NewGuid(), new Actor("someone", "Someone"));
            await db.SaveChangesAsync();
            return row;
        });
        using var refused = await client.PostFormAsync("/people", [], $"/jobs/{job.Id}/cancel");

        Assert.Contains("/denied", refused.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static KeyValuePair<string, string>[] NewAdministrator(string email) =>
        [new("Input.Name", "Ada"), new("Input.Email", email), new("Input.Password", Password)];

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string email, string password) =>
        client.PostFormAsync("/sign-in", [new("Input.Email", email), new("Input.Password", password)]);

    private async Task AddAdministratorAsync()
    {
        var first = _application.App.Services.GetRequiredService<FirstAdministrator>();
        Assert.Empty(await first.CreateAsync((await first.NewLinkAsync())!["/setup/".Length..], "admin@bank.example", "Ada", Password));
    }

    private Task<List<string>> ActionsAsync() => _application.InScopeAsync(services =>
        services.GetRequiredService<CampaignDbContext>().AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
}
