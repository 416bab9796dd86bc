using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What reading a file gave besides its columns.</summary>
/// <param name="Rejected">Rows that were left out because the person allowed it; empty otherwise.</param>
/// <param name="Classes">The recorded classes as first spelled, in the order of their first rows; empty without a label.</param>
/// <param name="Remarks">What was put right or left aside, one sentence each.</param>
internal sealed record DatasetReading(int RowCount, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<string> Classes, IReadOnlyList<string> Remarks)
{ public IReadOnlyList<ColumnReading> Columns { get; init; } = []; public IReadOnlyList<LabelSpelling> Spellings { get; init; } = []; public IReadOnlyList<SetAside> SetAside { get; init; } = []; }
public sealed record LabelSpelling(string Text, int Class, int RowCount);
public sealed record SetAside(int Line, string Words);


/// <summary>What the columns of a file are needed as.</summary>
/// <param name="Id">Kept character for character, blank in no row; null for none.</param>
/// <param name="Label">Kept as a category of two classes, blank in no row; null for none.</param>
/// <param name="Numbers">Columns that must hold numbers.</param>
/// <param name="Ignored">Columns whose text among numbers is nobody's fault: they are not trained on.</param>
internal sealed record ReadingPlan(string? Id, string? Label, IReadOnlyDictionary<string, ColumnKind> Kinds, IReadOnlySet<string> Ignored)
{ public IReadOnlySet<string> Numbers => Kinds.Where(p => p.Value == ColumnKind.Number).Select(p => p.Key).ToHashSet(); public static bool SkipBadRows => true; }

/// <summary>Parses a file's rows into typed columns on disk. A file is read once; again only for columns whose kind showed late.</summary>
internal static class DatasetReader
{
    private const int NumberDistinctLimit = 50;

    /// <exception cref="RefusedException">The file can't be read; the sentence names line and column where there is one.</exception>
    public static DatasetReading Read(string path, FileExamination file, ReadingPlan plan, string columnsFolder, IProgress<double>? progress, CancellationToken cancellation)
    {
        List<RejectedRow> rejected = [];
        using var writer = new ColumnTableWriter(columnsFolder, [.. file.Columns.Select(name => new ColumnPlan(name, DemandedKind(name, plan)))]);
        using var pass = new ReadingPass(path, file.Dialect, file.Columns, ReadingPlan.SkipBadRows ? rejected : null);
        var tallies = pass.WriteAll(writer, plan, cancellation);
        if (writer.RowCount == 0)
        {
            throw new RefusedException("The file has no row that can be used. Correct the rows, or export them again.");
        }

        writer.Complete();
        if (writer.TurnedToText.Count > 0)
        {
            Replace(path, file.Dialect, file.Columns, columnsFolder, AsCategories(writer.TurnedToText), rejected.Select(row => row.Line).ToHashSet(), cancellation);
        }

        var stray = ColumnsWithStrayText(columnsFolder, tallies, plan);
        if (stray.Count > 0 && !ReadingPlan.SkipBadRows)
        {
            var column = stray.MinBy(i => tallies[i].FirstTextLine);
            throw ReadingPass.NotANumber(file.Columns[column], tallies[column].FirstTextLine, "").ToRefusal();
        }

        if (stray.Count > 0)
        {
            Directory.Delete(columnsFolder, recursive: true);
            return Read(path, file, plan with { Kinds = plan.Kinds.Concat(stray.Select(i => KeyValuePair.Create(file.Columns[i], ColumnKind.Number))).ToDictionary() }, columnsFolder, progress, cancellation);
        }

        pass.Labels?.CheckBothClasses();
        return new(writer.RowCount, rejected, pass.Labels?.Classes ?? [], [.. pass.Remarks(tallies)]);
    }

    /// <summary>Writes some columns of a dataset again, as other kinds, from its kept bytes.</summary>
    /// <param name="rejectedLines">The rows that were left out when the dataset was read: they are left out again.</param>
    public static void Replace(
        string path, FileDialect dialect, IReadOnlyList<string> columns, string columnsFolder, IReadOnlyDictionary<int, ColumnKind?> kinds, IReadOnlySet<int> rejectedLines,
        CancellationToken cancellation)
    {
        using var writer = ColumnTableWriter.Replacing(columnsFolder, kinds);
        using var pass = new ReadingPass(path, dialect, columns, []);
        pass.WriteSome(writer, [.. kinds.Keys.Order()], kinds, rejectedLines, cancellation);
        writer.Complete();
        if (writer.TurnedToText.Count > 0)
        {
            Replace(path, dialect, columns, columnsFolder, AsCategories(writer.TurnedToText), rejectedLines, cancellation);
        }
    }

    /// <summary>Reads the named columns of a further file, under these names and as these kinds.</summary>
    public static void ReadForScoring(string path, string fileName, string columnsFolder, IReadOnlyDictionary<string, ColumnKind> kinds, CancellationToken cancellation)
    {
        var file = FileExamination.Of(path, fileName, ReadingChoices.Find);
        string[] wanted = [.. kinds.Keys];
        var found = wanted.Select(name => FindAlike(file.Columns, name)).ToArray();
        var missing = wanted.Where((_, i) => found[i] < 0).Select(name => $"'{name}'").ToArray();
        if (missing.Length > 0)
        {
            throw new RefusedException($"The file lacks columns that the model needs: {HeaderNames.Few(missing)}. Export it with the columns of the file that the model was trained on.");
        }

        var id = wanted.FirstOrDefault(name => kinds[name] == ColumnKind.Text);
        using var writer = new ColumnTableWriter(columnsFolder, [.. wanted.Select(name => new ColumnPlan(name, kinds[name]))]);
        using var pass = new ReadingPass(path, file.Dialect, file.Columns, null);
        pass.WriteNamed(writer, found, wanted, kinds, id, cancellation);
        if (writer.RowCount == 0)
        {
            throw new RefusedException("The file has a header but no rows below it. Export it again with the customers' rows.");
        }

        writer.Complete();
    }

    private static Dictionary<int, ColumnKind?> AsCategories(IReadOnlyList<int> columns) => columns.ToDictionary(column => column, _ => (ColumnKind?)ColumnKind.Category);

    private static int FindAlike(IReadOnlyList<string> columns, string name)
    {
        var exact = columns.ToList().IndexOf(name);
        if (exact >= 0)
        {
            return exact;
        }

        var key = HeaderNames.Key(name);
        int[] alike = [.. Enumerable.Range(0, columns.Count).Where(i => HeaderNames.Key(columns[i]) == key)];
        return alike.Length == 1 ? alike[0] : -1;
    }

    private static ColumnKind? DemandedKind(string name, ReadingPlan plan) =>
        name == plan.Id ? ColumnKind.Text : name == plan.Label ? ColumnKind.Category : plan.Kinds.TryGetValue(name, out var k) ? k : null;

    /// <summary>
    /// Columns of numbers in which some cells are not: one such cell, fewer than 1 in 100, or fewer than 1 in 10 where the numbers are too
    /// many to be codes. Others are categories, numbers and texts alike.
    /// </summary>
    private static List<int> ColumnsWithStrayText(string columnsFolder, ColumnTally[] tallies, ReadingPlan plan)
    {
        using var table = ColumnTable.Open(columnsFolder);
        List<int> stray = [];
        for (var i = 0; i < tallies.Length; i++)
        {
            var column = table.Columns[i];
            var (texts, numbers) = (tallies[i].TextCount, tallies[i].NumberCount);
            if (texts == 0 || numbers < texts * 9L || column.Name == plan.Id || column.Name == plan.Label || plan.Ignored.Contains(column.Name) || ColumnWords.IsPersonal(column.Name))
            {
                continue;
            }

            var hasManyNumbers = column.Kind == ColumnKind.Text || column.Categories.Count > NumberDistinctLimit;
            if (texts == 1 || numbers >= texts * 99L || hasManyNumbers)
            {
                stray.Add(i);
            }
        }

        return stray;
    }
}
