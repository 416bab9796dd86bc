using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What reading a file gave besides its columns.</summary>
/// <param name="Dialect">How the file was read: the examination's, with the dates that its columns were read as.</param>
/// <param name="Rejected">The rows that can't be used, by line; they are not among the columns' rows.</param>
/// <param name="Classes">The recorded classes as first spelled, in the order of their first rows; empty without a label.</param>
/// <param name="Spellings">Every spelling of the recorded classes; empty without a label.</param>
/// <param name="Columns">One a column, in the file's order.</param>
/// <param name="SetAside">Title lines above the header, totals and notes below the last row.</param>
/// <param name="Remarks">What was put right or left aside, one sentence each, beside the examination's.</param>
internal sealed record DatasetReading(
    FileDialect Dialect, int RowCount, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<string> Classes, IReadOnlyList<LabelSpelling> Spellings,
    IReadOnlyList<ColumnReading> Columns, IReadOnlyList<SetAside> SetAside, IReadOnlyList<string> Remarks);

/// <summary>What the columns of a file are needed as.</summary>
/// <param name="Id">Kept character for character, blank in no row; null for none.</param>
/// <param name="Label">Kept as a category of two classes, blank in no row; null for none.</param>
/// <param name="Kinds">The kinds that a person demanded, by column; the others are found. What is no number or no date where one is demanded makes its row one that can't be used.</param>
/// <param name="Ignored">Columns whose text among numbers is nobody's fault: they are not trained on.</param>
internal sealed record ReadingPlan(string? Id, string? Label, IReadOnlyDictionary<string, ColumnKind> Kinds, IReadOnlySet<string> Ignored);

/// <summary>Parses a file's rows into typed columns on disk. A file is read once; again only for columns whose kind showed late.</summary>
internal static class DatasetReader
{
    private const int NumberDistinctLimit = 50;
    private const int RejectedLimit = 10_000;

    /// <summary>Above this share of rows without a date, a column that began with dates is none.</summary>
    private const double NoDateShare = 0.05;

    private static readonly RejectedRow LeftOutBefore = new(0, "", "", "the row was left out when the dataset was read", "");

    /// <summary>Rows at fault are collected, never thrown: the caller decides about them.</summary>
    /// <param name="threadCount">How many threads convert columns; the outcome is the same for any. Null for as many as there are processors.</param>
    /// <param name="progress">Share of the file read, 0 to 1; begins again where the file must be read again.</param>
    /// <exception cref="RefusedException">The file can't be read as a whole: more than 10,000 rows at fault or none without, a quote that never closes, other than two recorded classes.</exception>
    public static DatasetReading Read(
        string path, FileExamination file, ReadingPlan plan, string columnsFolder, CancellationToken cancellation, int? threadCount = null, IProgress<double>? progress = null)
    {
        var kinds = file.Columns.Select(name => (Name: name, Kind: KindOf(name, file, plan))).Where(one => one.Kind is not null).ToDictionary(one => one.Name, one => one.Kind!.Value);
        var dates = file.Columns.Where(name => kinds.GetValueOrDefault(name) == ColumnKind.Date).ToDictionary(name => name, name => FormOf(name, file));
        var demands = new Demands(kinds, dates, []);
        DatasetReading? reading;
        do
        {
            reading = Read(path, file, plan, ref demands, columnsFolder, threadCount ?? Environment.ProcessorCount, progress, cancellation);
        }
        while (reading is null);
        return reading;
    }

    /// <summary>
    /// Writes some columns of a dataset again, as other kinds, from its kept bytes. A cell that is no number or no date where one is demanded
    /// is missing: <see cref="ColumnReading.TextCount"/> says how many are.
    /// </summary>
    /// <param name="kinds">By position; null finds the kind. <see cref="ColumnKind.Date"/> only for columns that the dialect reads as dates.</param>
    /// <param name="rejectedLines">The rows that were left out when the dataset was read: they are left out again.</param>
    /// <returns>What the cells of these columns were, by position.</returns>
    public static IReadOnlyDictionary<int, ColumnReading> Replace(
        string path, FileDialect dialect, IReadOnlyList<string> columns, string columnsFolder, IReadOnlyDictionary<int, ColumnKind?> kinds, IReadOnlySet<int> rejectedLines,
        CancellationToken cancellation)
    {
        var found = kinds.ToDictionary(pair => pair.Key, pair => pair.Value ?? (dialect.Dates.ContainsKey(columns[pair.Key]) ? ColumnKind.Date : null));
        if (found.FirstOrDefault(pair => pair.Value == ColumnKind.Date && !dialect.Dates.ContainsKey(columns[pair.Key])) is { Value: not null } open)
        {
            throw new RefusedException($"Column '{columns[open.Key]}' was not read as dates. Say how its dates are written.");
        }

        int[] positions = [.. found.Keys.Order()];
        using var writer = ColumnTableWriter.Replacing(columnsFolder, found);
        using var pass = new ReadingPass(path, dialect, columns, _ => { }, Environment.ProcessorCount);
        ColumnConverter[] converters =
        [
            .. positions.Select((position, target) =>
                new ColumnConverter(writer, position, target, found[position], DateOf(dialect.Dates, columns[position], found[position]), dialect.DecimalComma)),
        ];
        pass.Run(writer, converters, source => rejectedLines.Contains(source.Line) ? LeftOutBefore : null, _ => { }, null, cancellation);
        writer.Complete();
        var readings = positions.Zip(converters).ToDictionary(pair => pair.First, pair => pair.Second.ToReading(columns[pair.First], fitsBoth: false));
        if (writer.TurnedToText.Count > 0)
        {
            foreach (var (position, reading) in Replace(path, dialect, columns, columnsFolder, AsCategories(writer.TurnedToText), rejectedLines, cancellation))
            {
                readings[position] = reading;
            }
        }

        return readings;
    }

    /// <summary>Reads the named columns of a further file, under these names and as these kinds; refuses the file at the first row at fault.</summary>
    /// <param name="dates">How the dates of the model's file are written: for columns whose dates here fit both orders. Null where nobody knows.</param>
    public static void ReadForScoring(
        string path, string fileName, string columnsFolder, IReadOnlyDictionary<string, ColumnKind> kinds, IReadOnlyDictionary<string, DateForm>? dates,
        CancellationToken cancellation)
    {
        var file = FileExamination.Of(path, fileName, ReadingChoices.Find);
        string[] wanted = [.. kinds.Keys];
        var found = wanted.Select(name => FindAlike(file.Columns, name)).ToArray();
        var missing = wanted.Where((_, i) => found[i] < 0).Select(name => $"'{name}'").ToArray();
        if (missing.Length > 0)
        {
            throw new RefusedException($"The file lacks columns that the model needs: {HeaderNames.Few(missing)}. Export it with the columns of the file that the model was trained on.");
        }

        var forms = Enumerable.Range(0, wanted.Length).Where(i => kinds[wanted[i]] == ColumnKind.Date).ToDictionary(i => i, i => ScoringForm(file, found[i], wanted[i], dates));
        var id = Array.FindIndex(wanted, name => kinds[name] == ColumnKind.Text);
        int[] numbers = [.. Enumerable.Range(0, wanted.Length).Where(i => kinds[wanted[i]] == ColumnKind.Number).Select(i => found[i])];
        using var writer = new ColumnTableWriter(columnsFolder, [.. wanted.Select(name => new ColumnPlan(name, kinds[name]))]);
        using var pass = new ReadingPass(path, file.Dialect, file.Columns, null, Environment.ProcessorCount);
        var rules = new RowRules(
            file.Columns, pass.Header, id < 0 ? -1 : found[id], -1, numbers, [.. forms.Select(form => (found[form.Key], form.Value))], file.Dialect.DecimalComma);
        ColumnConverter[] converters =
        [
            .. wanted.Select((name, i) => new ColumnConverter(writer, found[i], i, kinds[name], forms.TryGetValue(i, out var form) ? form : null, file.Dialect.DecimalComma)),
        ];
        pass.Run(writer, converters, rules.Fault, row => throw row.ToRefusal(), null, cancellation);
        if (writer.RowCount == 0)
        {
            throw new RefusedException("The file has a header but no rows below it. Export it again with the customers' rows.");
        }

        writer.Complete();
    }

    /// <returns>Null where the cells have shown that the columns are others than demanded: then the file is to be read again.</returns>
    private static DatasetReading? Read(
        string path, FileExamination file, ReadingPlan plan, ref Demands demands, string columnsFolder, int threadCount, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var (kinds, dates, remarks) = demands;
        List<RejectedRow> rejected = [];
        var labels = plan.Label is null ? null : new LabelSpellings(plan.Label);
        var label = Position(file.Columns, plan.Label);
        using var writer = new ColumnTableWriter(columnsFolder, [.. file.Columns.Select(name => new ColumnPlan(name, KindIn(kinds, name)))]);
        using var pass = new ReadingPass(path, file.Dialect, file.Columns, Reject, threadCount);
        var rules = new RowRules(
            file.Columns, pass.Header, Position(file.Columns, plan.Id), label, [.. kinds.Where(one => one.Value == ColumnKind.Number).Select(one => Position(file.Columns, one.Key))],
            [.. dates.Select(one => (Position(file.Columns, one.Key), one.Value))], file.Dialect.DecimalComma);
        ColumnConverter[] converters =
            [.. file.Columns.Select((name, i) => new ColumnConverter(writer, i, i, KindIn(kinds, name), DateOf(dates, name, KindIn(kinds, name)), file.Dialect.DecimalComma))];
        try
        {
            pass.Run(writer, converters, rules.Fault, Reject, label < 0 ? null : (rows, row) => labels!.Add(CellText.Trim(rows.Cell(row, label)), rows.Line(row)), cancellation, progress);
        }
        catch (RefusedException) when (NoDates().Length > 0)
        {
            // To be read again, without the dates that were none.
        }

        if (NoDates() is { Length: > 0 } none)
        {
            demands = demands.WithoutDates(none);
            return null;
        }

        if (writer.RowCount == 0)
        {
            throw new RefusedException($"The file has no row that can be used. {(rejected.Count > 0 ? rejected[0].ToRefusal().Message : "Export it again with the customers' rows.")}");
        }

        writer.Complete();
        if (writer.TurnedToText.Count > 0)
        {
            Replace(path, file.Dialect, file.Columns, columnsFolder, AsCategories(writer.TurnedToText), rejected.Select(row => row.Line).ToHashSet(), cancellation);
        }

        var stray = ColumnsWithStrayText(columnsFolder, converters, kinds, plan);
        if (stray.Count > 0)
        {
            Directory.Delete(columnsFolder, recursive: true);
            demands = demands.WithNumbers(stray.Select(i => file.Columns[i]));
            return null;
        }

        labels?.CheckBothClasses();
        return new(
            file.Dialect with { Dates = dates }, writer.RowCount, [.. rejected.OrderBy(row => row.Line)], labels?.Classes ?? [], labels?.Spellings ?? [],
            [.. converters.Select((one, i) => one.ToReading(file.Columns[i], file.DatesFitBothOrders.Contains(file.Columns[i])))], pass.SetAside,
            [.. pass.Remarks(), .. labels?.Remark() is { } spelled ? [spelled] : Array.Empty<string>(), .. converters.SelectMany((one, i) => one.Remarks(file.Columns[i])), .. remarks]);

        string[] NoDates() =>
        [
            .. rules.DateFaultCounts.Where(one => one.Value > (writer.RowCount + rejected.Count) * NoDateShare).Select(one => file.Columns[one.Key])
                .Where(name => !plan.Kinds.ContainsKey(name)),
        ];

        void Reject(RejectedRow row)
        {
            rejected.Add(row);
            if (rejected.Count > RejectedLimit)
            {
                throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture, $"More than {RejectedLimit:N0} rows can't be used, the last on line {row.Line}: {row.Reason}. Something is wrong with the file as a whole; export it again."));
            }
        }
    }

    private static int Position(IReadOnlyList<string> columns, string? name) => name is null ? -1 : columns.ToList().IndexOf(name);

    private static ColumnKind? KindIn(Dictionary<string, ColumnKind> kinds, string name) => kinds.TryGetValue(name, out var kind) ? kind : null;

    private static DateForm? DateOf(IReadOnlyDictionary<string, DateForm> dates, string name, ColumnKind? kind) =>
        kind == ColumnKind.Date && dates.TryGetValue(name, out var form) ? form : null;

    /// <summary>The kind that a column must have; null where it is found from its cells.</summary>
    private static ColumnKind? KindOf(string name, FileExamination file, ReadingPlan plan) =>
        name == plan.Id ? ColumnKind.Text
        : name == plan.Label ? ColumnKind.Category
        : plan.Kinds.TryGetValue(name, out var demanded) ? demanded
        : file.DateForms.ContainsKey(name) && !plan.Ignored.Contains(name) ? ColumnKind.Date
        : null;

    /// <summary>How the dates of a column are written that is to be read as dates.</summary>
    private static DateForm FormOf(string name, FileExamination file) =>
        file.DateForms.TryGetValue(name, out var form) ? form
        : file.UndecidedDates.Contains(name) ? throw new RefusedException($"Column '{name}': its dates could be day/month or month/day. Say which, or read it as text.")
        : DateColumns.FormOf(file.Sample, Position(file.Columns, name), null)
            ?? throw new RefusedException($"Column '{name}': it holds no dates in its first rows, or their order is open. Say how its dates are written, or read it as text.");

    /// <summary>As <see cref="FormOf"/>; where the order is open here, or no cell is filled, it is the model's.</summary>
    private static DateForm ScoringForm(FileExamination file, int column, string name, IReadOnlyDictionary<string, DateForm>? dates) =>
        !file.DateForms.ContainsKey(file.Columns[column]) && dates is not null && dates.TryGetValue(name, out var known) ? known : FormOf(file.Columns[column], file);

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

    /// <summary>
    /// Columns of numbers in which some cells are not: one such cell, fewer than 1 in 100, or fewer than 1 in 10 where the numbers are too
    /// many to be codes. Others are categories, numbers and texts alike.
    /// </summary>
    private static List<int> ColumnsWithStrayText(string columnsFolder, ColumnConverter[] converters, Dictionary<string, ColumnKind> kinds, ReadingPlan plan)
    {
        using var table = ColumnTable.Open(columnsFolder);
        List<int> stray = [];
        for (var i = 0; i < converters.Length; i++)
        {
            var column = table.Columns[i];
            var (texts, numbers) = (converters[i].TextCount, converters[i].NumberCount);
            if (texts == 0 || numbers < texts * 9L || kinds.ContainsKey(column.Name) || plan.Ignored.Contains(column.Name) || ColumnWords.IsPersonal(column.Name))
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

    /// <summary>What is demanded of a file's columns while it is read.</summary>
    private sealed record Demands(Dictionary<string, ColumnKind> Kinds, Dictionary<string, DateForm> Dates, string[] Remarks)
    {
        public Demands WithNumbers(IEnumerable<string> columns) =>
            this with { Kinds = Kinds.Concat(columns.Select(column => KeyValuePair.Create(column, ColumnKind.Number))).ToDictionary() };

        public Demands WithoutDates(string[] columns) => new(
            Kinds.Where(one => !columns.Contains(one.Key)).ToDictionary(),
            Dates.Where(one => !columns.Contains(one.Key)).ToDictionary(),
            [.. Remarks, .. columns.Select(column => $"Column '{column}': its first cells are dates, but too many of the later ones are none; it was not read as dates.")]);
    }
}
