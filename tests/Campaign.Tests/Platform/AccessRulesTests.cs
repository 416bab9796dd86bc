using System.Net;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class AccessRulesTests
{
    /// <summary>What people see before they are signed in, and nothing else.</summary>
    private static readonly string[] OpenToAll =
        ["denied", "error", "health", "not-found", "set-password/{personId}", "setup/{token}", "sign-in", "sign-out"];

    [Fact]
    public void Every_access_has_its_roles()
    {
        var names = typeof(Access).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(names.Order(StringComparer.Ordinal), AccessRules.RolesByAccess.Keys.Order(StringComparer.Ordinal));
        Assert.All(AccessRules.RolesByAccess.Values, roles => Assert.NotEmpty(roles));
        Assert.All(AccessRules.RolesByAccess.Values.SelectMany(roles => roles), role => Assert.Contains(role, Roles.All));
    }

    [Fact]
    public async Task Every_page_and_endpoint_says_who_may_use_it()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { IsServer = true });
        var addresses = await AddressesAsync(application.App);

        Assert.Empty(Forgotten(addresses));
        Assert.Empty(addresses.Where(address => address.IsOpen).Select(address => address.Pattern).Except(OpenToAll));
        Assert.Contains(addresses, address => address.Pattern == "people" && !address.IsOpen);
    }

    [Fact]
    public async Task An_endpoint_without_a_rule_is_found_and_is_closed_even_to_the_owner()
    {
        using var folder = new TempFolder();
        await using var app = CampaignHost.Build(new CampaignOptions { DataFolder = folder.Path, Urls = ["http://127.0.0.1:0"] });
        app.MapGet("/forgotten", () => "open");
        await app.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
        await client.GetAsync(await CampaignHost.OpeningAddressAsync(app));

        using var answer = await client.GetAsync("/forgotten");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/denied", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["forgotten"], Forgotten(await AddressesAsync(app)));
    }

    /// <summary>Closed to those who are not signed in, but by no rule.</summary>
    private static IEnumerable<string> Forgotten(IEnumerable<Address> addresses) => addresses
        .Where(address => !address.IsOpen && !address.Rules.OfType<IAuthorizeData>().Any(rule => rule.Policy is { } policy && AccessRules.RolesByAccess.ContainsKey(policy)))
        .Select(address => address.Pattern);

    private static async Task<IReadOnlyList<Address>> AddressesAsync(WebApplication app)
    {
        var pages = app.Services.GetRequiredService<PageLoader>();
        var addresses = new List<Address>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            // What a page's model says is known only once the page is loaded.
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            IEnumerable<object> rules = page is null ? endpoint.Metadata : (await pages.LoadAsync(page, endpoint.Metadata)).EndpointMetadata ?? [];
            addresses.Add(new(endpoint.RoutePattern.RawText!.TrimStart('/'), [.. rules]));
        }

        return addresses;
    }

    private sealed record Address(string Pattern, IReadOnlyList<object> Rules)
    {
        public bool IsOpen => Rules.OfType<IAllowAnonymous>().Any();
    }
}
