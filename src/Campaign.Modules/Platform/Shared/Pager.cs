using Microsoft.AspNetCore.WebUtilities;

namespace Campaign.Modules.Platform.Shared;

/// <summary>The links to the pages of a long table; with scripts only the part called <paramref name="TargetId"/> is exchanged.</summary>
/// <param name="PageNumber">From 1.</param>
/// <param name="Query">The filter in force, kept from page to page.</param>
public sealed record Pager(string Path, string TargetId, int PageNumber, int PageCount, IReadOnlyDictionary<string, string?> Query)
{
    public string AddressOf(int page) => QueryHelpers.AddQueryString(
        Path,
        Query.Where(part => !string.IsNullOrEmpty(part.Value)).Append(new("PageNumber", page.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
