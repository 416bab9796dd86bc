using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>How well a column alone tells the recorded class.</summary>
internal enum Telling
{
    /// <summary>Text, or a class without rows.</summary>
    Unknown,

    Hardly,

    Somewhat,

    Strongly,

    GivesAway,
}

/// <summary>What a profile says, in sentences for somebody who is no statistician.</summary>
internal static class ColumnWordings
{
    /// <summary>Bands of <see cref="ColumnProfile.AucAlone"/>: from 0.6 somewhat, from 0.75 strongly, from 0.98 it gives the class away.</summary>
    public static Telling TellingOf(ColumnProfile column) => column.AucAlone switch
    {
        double.NaN => Telling.Unknown,
        >= 0.98 => Telling.GivesAway,
        >= 0.75 => Telling.Strongly,
        >= 0.6 => Telling.Somewhat,
        _ => Telling.Hardly,
    };

    public static string Of(Telling telling) => telling switch
    {
        Telling.GivesAway => "gives the class away",
        Telling.Strongly => "tells strongly",
        Telling.Somewhat => "tells somewhat",
        Telling.Hardly => "hardly tells",
        _ => "not compared",
    };

    public static string Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Date => "date",
        ColumnKind.Category => "category",
        _ => "text",
    };

    /// <summary>The columns that tell most first, each with its place in the file's order; alike ones in that order, those that can't be compared last.</summary>
    public static IReadOnlyList<(int Place, ColumnProfile Column)> MostTellingFirst(DatasetProfile profile) =>
        [.. profile.Columns.Index().OrderByDescending(pair => double.IsNaN(pair.Item.AucAlone) ? 0 : pair.Item.AucAlone)];

    /// <summary>The one sentence that shows the difference between the classes in this column.</summary>
    public static string Difference(ColumnProfile column, DatasetProfile profile)
    {
        if (column.Present.Rows == 0)
        {
            return "No customer has a value here.";
        }

        var (missingNormal, missingAffluent) = (MissingShare(column, affluent: false), MissingShare(column, affluent: true));
        var missing = Math.Abs(missingNormal - missingAffluent) >= 0.1
            ? $" It is missing for {InWords.Percent(missingAffluent)} of the affluents and {InWords.Percent(missingNormal)} of the normals."
            : "";
        var values = column switch
        {
            { Numbers: { } numbers } => NumbersDiffer(column, numbers, profile),
            { Categories: { } categories } => CategoriesDiffer(categories, profile),
            _ => "Text with many different values: only counted, never shown.",
        };
        return values + missing;
    }

    /// <summary>What <see cref="ColumnProfile.AucAlone"/> means for two customers; empty where it is undefined.</summary>
    public static string Meaning(ColumnProfile column) => TellingOf(column) switch
    {
        Telling.Unknown => "",
        Telling.GivesAway => Pairs(column) + " A column that tells nearly everything was often written down after the class was known: check it before you train on it.",
        Telling.Hardly => Pairs(column) + " That is little better than a coin's 50; together with other columns it may still help.",
        _ => Pairs(column) + " A coin would be right in 50.",
    };

    public static Rate Overall(DatasetProfile profile) => new(profile.AffluentRowCount, profile.RowCount);

    public static Rate AffluentRate(ClassCount count) => new(count.Affluent, count.Rows);

    private static string Pairs(ColumnProfile column) =>
        $"Take one affluent and one normal customer at random: this column alone picks the affluent one in {Hundred(column.AucAlone)} of 100 cases.";

    private static string Hundred(double share) => Math.Min(share < 1 ? 99 : 100, Math.Round(100 * share)).ToString("0", CultureInfo.InvariantCulture);

    private static string NumbersDiffer(ColumnProfile column, NumberProfile numbers, DatasetProfile profile)
    {
        var (normal, affluent) = (numbers.Normal.P50, numbers.Affluent.P50);
        if (double.IsNaN(normal) || double.IsNaN(affluent))
        {
            return "Only one of the two classes has values here.";
        }

        if (normal != affluent)
        {
            var (affluentText, normalText) = (ValueText.Of(column.Kind, affluent), ValueText.Of(column.Kind, normal));
            if (affluentText != normalText)
            {
                return column.Kind == ColumnKind.Date ? $"Half of the affluents have a date after {affluentText}, half of the normals after {normalText}."
                    : numbers.AreWhole ? $"Half of the affluents have {affluentText} or more, half of the normals {normalText} or more."
                    : $"Half of the affluents have more than {affluentText}, half of the normals more than {normalText}.";
            }
        }

        var (zeroAffluent, zeroNormal) = (new Rate(numbers.Zeros.Affluent, column.Present.Affluent).Share, new Rate(numbers.Zeros.Normal, column.Present.Normal).Share);
        return Math.Abs(zeroAffluent - zeroNormal) >= 0.05
            ? $"{InWords.Percent(1 - zeroAffluent)} of the affluents have something else than 0 here, {InWords.Percent(1 - zeroNormal)} of the normals."
            : MostAffluent(numbers.Tenths.Select((bin, place) => (ValueText.Range(column, bin, place == numbers.Tenths.Count - 1), bin.Count)), profile);
    }

    private static string CategoriesDiffer(CategoryProfile categories, DatasetProfile profile) =>
        MostAffluent(categories.Bars.Select(bar => ($"'{bar.Value}'", bar.Count)), profile);

    /// <summary>The group with the most affluents beyond its part at the whole file's share: it says who they are, not who they are not.</summary>
    private static string MostAffluent(IEnumerable<(string Name, ClassCount Count)> groups, DatasetProfile profile)
    {
        var overall = Overall(profile).Share;
        var most = groups.Where(group => group.Count.Rows > 0)
            .OrderByDescending(group => group.Count.Affluent - (overall * group.Count.Rows))
            .Select(group => ((string Name, ClassCount Count)?)group)
            .FirstOrDefault();
        return most is { } group
            ? $"Of the customers with {group.Name}, {InWords.Percent(AffluentRate(group.Count).Share)} are recorded affluent; overall {InWords.Percent(overall)}."
            : "The classes do not differ visibly here.";
    }

    private static double MissingShare(ColumnProfile column, bool affluent) => affluent
        ? new Rate(column.Missing.Affluent, column.Missing.Affluent + column.Present.Affluent).Share
        : new Rate(column.Missing.Normal, column.Missing.Normal + column.Present.Normal).Share;
}
