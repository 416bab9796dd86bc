using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests.Support;

/// <summary>A page that remembers what its browser complained about: script errors and whatever the content-security-policy stopped.</summary>
public sealed partial class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            // The browser says of every answer from 400 on that it failed to load; a page that refuses politely is no fault.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public void AssertNoComplaints() => Assert.Empty(_complaints);

    /// <summary>WCAG 2.2 AA as far as a program can check it.</summary>
    public async Task AssertAccessibleAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        });
        Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{Page.Url}: {violation.Id} at {node.Html}")));
    }

    /// <summary>Nothing sticks out to the side: a person never scrolls the page both ways.</summary>
    public async Task AssertFitsWidthAsync()
    {
        var overflow = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{Page.Url} is {overflow} pixels too wide.");
    }

    /// <summary>The whole number in an element's text, without the commas between thousands.</summary>
    public async Task<int> NumberAsync(string selector) =>
        int.Parse(NotDigits().Replace(await Page.InnerTextAsync(selector), ""), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NotDigits();
}
