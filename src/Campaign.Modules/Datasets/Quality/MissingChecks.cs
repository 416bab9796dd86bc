namespace Campaign.Modules.Datasets.Quality;

/// <summary>Blank cells. In bank files a blank mostly says 'does not own the product'; it is kept as missing.</summary>
internal static class MissingChecks
{
    private const double MuchMissing = 0.05;
    private const double MostlyMissing = 0.5;

    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("missing-share", "Blank cells all over the file", Overall),
        new(CheckNames.Blank, "Columns without a value", AllBlank),
        new("column-mostly-missing", "Columns that are mostly blank", Mostly),
    ];

    private static IEnumerable<Found> Overall(CheckedFile file)
    {
        var cells = (long)file.RowCount * file.Columns.Count;
        var missing = file.Columns.Sum(column => (long)column.Info.MissingCount);
        if (missing > MuchMissing * cells)
        {
            yield return new(
                Severity.Warning, null, missing, cells, $"{QualityInWords.Share(missing, cells, "cells")} are blank or stand for nothing.",
                "Fine where a blank means 'does not own the product': it is kept as such. Ask for values that every customer has, such as an age.");
        }
    }

    private static IEnumerable<Found> AllBlank(CheckedFile file)
    {
        foreach (var column in file.Columns.Where(column => file.RowCount > 0 && column.Info.MissingCount == file.RowCount))
        {
            var kept = column.LeftOut is null && column.IsUsed;
            yield return new(
                kept ? Severity.Warning : Severity.Note, column.Name, file.RowCount, file.RowCount, $"'{column.Name}' is blank in every row{(kept ? "" : "; it is left out")}.",
                "Ask whether the export lost it.");
        }
    }

    private static IEnumerable<Found> Mostly(CheckedFile file)
    {
        foreach (var column in file.Used.Where(column => column.Info.MissingCount > MostlyMissing * file.RowCount && column.Info.MissingCount < file.RowCount))
        {
            yield return new(
                Severity.Note, column.Name, column.Info.MissingCount, file.RowCount, $"'{column.Name}' is blank in {QualityInWords.Share(column.Info.MissingCount, file.RowCount)}.",
                "Nothing to do where a blank means 'does not own the product', as mostly in bank files: it is kept as missing, never filled.");
        }
    }
}
