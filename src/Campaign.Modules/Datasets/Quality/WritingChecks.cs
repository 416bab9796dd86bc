using System.Text;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>How the cells were written in the file. Columns whose reading was not kept pass.</summary>
internal static class WritingChecks
{
    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("written-currencies", "Amounts in different currencies", Currencies),
        new("written-dates", "Dates that could be day or month first", Dates),
        new("written-too-large", "Numbers too large to be kept", TooLarge),
        new("written-percent", "Numbers with a percent sign", PercentSigns),
        new("written-missing", "Marks that stand for a missing value", MissingMarks),
    ];

    private static IEnumerable<Found> Currencies(CheckedFile file)
    {
        foreach (var (column, reading) in Read(file).Where(one => one.Reading.CurrencyCounts.Count > 1))
        {
            var counts = reading.CurrencyCounts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {InWords.Count(pair.Value)}");
            yield return new(
                Severity.Warning, column.Name, reading.CurrencyCounts.Values.Sum(), file.RowCount, $"'{column.Name}' holds amounts in {reading.CurrencyCounts.Count} currencies: {string.Join(", ", counts)}.",
                "Convert them to one currency before the export; as they are they can't be compared.");
        }
    }

    private static IEnumerable<Found> Dates(CheckedFile file)
    {
        foreach (var (column, _) in Read(file).Where(one => one.Reading is { DatesFitBothOrders: true, Dates: null }))
        {
            yield return new(
                Severity.Warning, column.Name, 0, 0, $"The dates of '{column.Name}' could all be day or month first, so they are not read as dates.",
                "Upload the file again and say which it is, or export dates as year-month-day.");
        }
    }

    private static IEnumerable<Found> TooLarge(CheckedFile file)
    {
        foreach (var (column, reading) in Read(file).Where(one => one.Reading.TooLargeCount > 0))
        {
            yield return new(
                Severity.Warning, column.Name, reading.TooLargeCount, file.RowCount, $"'{column.Name}' is infinite or too large in {QualityInWords.Share(reading.TooLargeCount, file.RowCount)}, which count as missing.",
                "Look for a division by nothing where the column is made.");
        }
    }

    private static IEnumerable<Found> PercentSigns(CheckedFile file)
    {
        foreach (var (column, reading) in Read(file).Where(one => one.Reading.PercentCount > 0))
        {
            var mixed = reading.PercentCount < reading.NumberCount;
            yield return new(
                mixed ? Severity.Warning : Severity.Note, column.Name, reading.PercentCount, reading.NumberCount,
                $"{QualityInWords.Share(reading.PercentCount, reading.NumberCount, "numbers")} of '{column.Name}' have a percent sign and were divided by 100.",
                mixed ? "Check that the numbers without a sign are shares too, or write all with a sign." : "Nothing to do.");
        }
    }

    private static IEnumerable<Found> MissingMarks(CheckedFile file)
    {
        foreach (var (column, reading) in Read(file))
        {
            var marks = reading.MissingMarkers.Where(pair => pair.Key.Length > 0 && pair.Value > 0).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
            if (marks.Length > 0)
            {
                var count = marks.Sum(pair => (long)pair.Value);
                yield return new(
                    Severity.Note, column.Name, count, file.RowCount, $"{QualityInWords.Share(count, file.RowCount, "cells")} of '{column.Name}' hold a mark for a missing value: {string.Join(", ", marks.Select(Shown))}.",
                    "Nothing to do: they count as blank. Tell us where such a mark means something else.");
            }
        }
    }

    /// <summary>Only what is no customer's value: a mark that reading knows.</summary>
    private static string Shown(KeyValuePair<string, int> mark) =>
        $"{(CellText.IsMissing(Encoding.UTF8.GetBytes(mark.Key)) ? mark.Key : "another mark")} {InWords.Count(mark.Value)}";

    private static IEnumerable<(CheckedColumn Column, ColumnReading Reading)> Read(CheckedFile file) =>
        file.Kept.Where(column => column.Reading is not null).Select(column => (column, column.Reading!));
}
