using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>What changed against the latest confirmed file before this one.</summary>
internal static class EarlierFileChecks
{
    private const double MovedPoints = 0.10;
    private const double SwappedPoints = 0.05;

    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("earlier-size", "A much larger or smaller file than the earlier one", Size),
        new("earlier-columns", "Columns that the earlier file had, or did not have", Columns),
        new("earlier-class-swapped", "Affluent and normal the wrong way round", Swapped),
        new("earlier-class-share", "Another share of affluents than in the earlier file", ShareMoved),
        new("earlier-missing", "Columns with many more or fewer blanks than in the earlier file", MissingMoved),
    ];

    private static IEnumerable<Found> Size(CheckedFile file)
    {
        var earlier = file.Earlier!;
        double ratio = earlier.RowCount == 0 ? double.NaN : (double)file.RowCount / earlier.RowCount;
        if (ratio is > 2 or < 0.5)
        {
            yield return new(
                ratio is >= 10 or <= 0.1 ? Severity.Warning : Severity.Note, null, file.RowCount, 0,
                $"The file has {InWords.Count(file.RowCount, "row")}, {Named(earlier)} had {InWords.Count(earlier.RowCount)}.",
                "Check that the export was neither cut off nor joined with another.");
        }
    }

    private static IEnumerable<Found> Columns(CheckedFile file)
    {
        var earlier = file.Earlier!;
        if (earlier.HasSameHeader)
        {
            yield break;
        }

        string[] names = [.. file.Columns.Select(column => column.Name)];
        string[] gone = [.. earlier.MissingShares.Keys.Except(names).Order(StringComparer.Ordinal)];
        string[] added = [.. names.Except(earlier.MissingShares.Keys)];
        if (gone.Length > 0)
        {
            yield return new(
                Severity.Warning, null, gone.Length, earlier.MissingShares.Count, $"{InWords.Count(gone.Length, "column")} of {Named(earlier)} {(gone.Length == 1 ? "is" : "are")} not in this one: {HeaderNames.Few(gone)}.",
                "Export them again if models rest on them; a renamed column counts as gone and new.");
        }

        if (added.Length > 0)
        {
            yield return new(
                Severity.Note, null, added.Length, names.Length, $"{InWords.Count(added.Length, "column")} {(added.Length == 1 ? "is" : "are")} new against {Named(earlier)}: {HeaderNames.Few(added)}.",
                "Check on the page 'Columns' what they are used for.");
        }
    }

    /// <summary>The share is about what the normals' share was, and not what the affluents' was.</summary>
    private static IEnumerable<Found> Swapped(CheckedFile file)
    {
        if (Shares(file) is var (now, before) && IsSwapped(now, before))
        {
            yield return new(
                Severity.Warning, file.Roles.Label, file.Affluent.Count(affluent => affluent), file.RowCount,
                $"{InWords.Percent(now)} of the rows are recorded affluent; in {Named(file.Earlier!)} {InWords.Percent(before)} were. Are the classes the right way round?",
                "Check on the page 'Columns' which value means affluent.");
        }
    }

    private static IEnumerable<Found> ShareMoved(CheckedFile file)
    {
        if (Shares(file) is var (now, before) && !IsSwapped(now, before) && Math.Abs(now - before) > before / 2)
        {
            yield return new(
                Severity.Warning, file.Roles.Label, file.Affluent.Count(affluent => affluent), file.RowCount,
                $"{InWords.Percent(now)} of the rows are recorded affluent; in {Named(file.Earlier!)} {InWords.Percent(before)} were.",
                "Ask whether the rule for the class changed, or whether the file holds other customers.");
        }
    }

    private static IEnumerable<Found> MissingMoved(CheckedFile file)
    {
        foreach (var column in file.Kept)
        {
            if (!file.Earlier!.MissingShares.TryGetValue(column.Name, out var before) || file.RowCount == 0)
            {
                continue;
            }

            var now = (double)column.Info.MissingCount / file.RowCount;
            if (Math.Abs(now - before) > MovedPoints)
            {
                yield return new(
                    Severity.Warning, column.Name, column.Info.MissingCount, file.RowCount, $"'{column.Name}' is blank in {InWords.Percent(now)} of the rows; in {Named(file.Earlier)} it was in {InWords.Percent(before)}.",
                    "Ask whether its source changed.");
            }
        }
    }

    /// <summary>The affluent shares of this file and the earlier one; null where one is not known.</summary>
    private static (double Now, double Before)? Shares(CheckedFile file) =>
        file.HasClasses && file.Earlier!.RowCount > 0
            ? ((double)file.Affluent.Count(affluent => affluent) / file.RowCount, (double)file.Earlier.AffluentRowCount / file.Earlier.RowCount)
            : null;

    private static bool IsSwapped(double now, double before) =>
        Math.Abs(now - (1 - before)) < SwappedPoints && Math.Abs(now - before) > 4 * SwappedPoints;

    private static string Named(EarlierFile earlier) => $"'{earlier.FileName}' of {InWords.Day(earlier.UploadedUtc)}";
}
