using System.Net;
using Campaign.Learning;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class LocalOwnerTests : IAsyncLifetime
{
    private CampaignApplication _application = null!;

    public async Task InitializeAsync() => _application = await CampaignApplication.StartAsync();

    public async Task DisposeAsync() => await _application.DisposeAsync();

    [Fact]
    public async Task The_printed_address_lets_in_once_and_its_cookie_stays_with_this_site()
    {
        var address = await _application.OpeningAddressAsync();
        using var first = _application.NewClient();
        using var second = _application.NewClient();

        using var opened = await first.GetAsync(address);
        using var reused = await second.GetAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Forbidden, reused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await first.GetAsync("/no-such-page")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync("/no-such-page")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_does_not_use_up_the_right_one()
    {
        var address = await _application.OpeningAddressAsync();
        using var client = _application.NewClient();

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/?token=guess")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync(address)).StatusCode);
    }

    [Theory]
    [InlineData("Host", "bank.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Host", "127.0.0.1.bank.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("X-Forwarded-For", "10.0.0.1", HttpStatusCode.BadRequest)]
    [InlineData("Forwarded", "for=10.0.0.1", HttpStatusCode.BadRequest)]
    public async Task Other_names_and_forwarded_requests_are_refused(string header, string value, HttpStatusCode expected)
    {
        using var client = await _application.NewOwnerClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://bank.example:0")]
    public async Task Single_user_mode_is_refused_on_an_address_that_others_reach(string url)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => CampaignApplication.StartAsync(options => options with { Urls = [url] }));

        Assert.Contains("--server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_data_folder_is_refused_with_a_sentence()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => CampaignApplication.StartAsync(dataFolder: _application.Files.Root));

        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }
}
