using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>The findings of one check with one severity, as the page shows them together.</summary>
/// <param name="Title">What the check looks for.</param>
/// <param name="Remedy">Of all findings; null where they differ, then each tells its own.</param>
public sealed record QualityGroup(string Check, string Title, Severity Severity, string? Remedy, IReadOnlyList<QualityFinding> Findings);

/// <summary>The findings of a group on their page, which knows what may be done about them.</summary>
public sealed record QualityFindings(QualityModel Page, QualityGroup Group);

/// <summary>A quality report as the page tells it.</summary>
public static class QualityInWords
{
    /// <summary>More findings of one check are folded under the names of their columns.</summary>
    public const int UnfoldedCount = 8;

    // Less is '0.0 %'.
    private const double LeastShare = 0.0005;

    /// <summary>'Nothing blocks: 2 warnings, 5 notes'.</summary>
    public static string Verdict(QualityReport report)
    {
        int Count(Severity severity) => report.Findings.Count(finding => finding.Severity == severity);
        var (blocking, warnings, notes) = (Count(Severity.Blocking), Count(Severity.Warning), Count(Severity.Note));
        string[] parts = [.. new[] { warnings > 0 ? InWords.Count(warnings, "warning") : "", notes > 0 ? InWords.Count(notes, "note") : "" }.Where(part => part.Length > 0)];
        var rest = string.Join(", ", parts);
        return blocking > 0 ? $"{InWords.Count(blocking, "thing blocks", "things block")} training{(rest.Length > 0 ? $": mend {(blocking == 1 ? "it" : "them")} first. Also {rest}" : "")}"
            : rest.Length > 0 ? $"Nothing blocks: {rest}"
            : $"Nothing found: all {InWords.Count(report.Checks.Count, "check")} passed";
    }

    /// <summary>In the report's order; findings of one check and severity stand together.</summary>
    public static IReadOnlyList<QualityGroup> Groups(QualityReport report, Severity severity)
    {
        var titles = report.Checks.ToDictionary(check => check.Name, check => check.LooksFor);
        return
        [
            .. report.Findings.Where(finding => finding.Severity == severity).GroupBy(finding => finding.Check).Select(group => new QualityGroup(
                group.Key, titles.GetValueOrDefault(group.Key, group.Key), severity,
                group.Select(finding => finding.Remedy).Distinct().Count() == 1 ? group.First().Remedy : null, [.. group])),
        ];
    }

    /// <summary>Checks without a finding.</summary>
    public static IReadOnlyList<QualityCheck> Passed(QualityReport report)
    {
        var found = report.Findings.Select(finding => finding.Check).ToHashSet();
        return [.. report.Checks.Where(check => !found.Contains(check.Name))];
    }

    /// <summary>How much of it: '4.0 %', a count where that says more; null where there is nothing to count.</summary>
    public static string? Figure(QualityFinding finding) => finding switch
    {
        { Count: 0 } => null,
        { OutOf: > 0 } when (double)finding.Count / finding.OutOf >= LeastShare => InWords.Percent((double)finding.Count / finding.OutOf),
        _ => InWords.Count(finding.Count),
    };

    /// <summary>'12 of 300 rows (4.0 %)'; without a percentage where it would be 0.0.</summary>
    internal static string Share(long count, long outOf, string noun = "rows")
    {
        var share = (double)count / outOf;
        return $"{InWords.Count(count)} of {InWords.Count(outOf)} {noun}{(share >= LeastShare ? $" ({InWords.Percent(share)})" : "")}";
    }
}
