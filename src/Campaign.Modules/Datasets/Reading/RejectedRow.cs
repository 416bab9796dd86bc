using System.Globalization;
using Campaign.Learning;
using CsvHelper;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>One row of a file that can't be used. Holds a cell's value: for the person who sent the file, never for logs or the audit trail.</summary>
/// <param name="Line">Where the row begins in the file (row of the sheet), from 1.</param>
/// <param name="Column">The column's name; empty where the row as a whole is at fault.</param>
/// <param name="Value">The value at fault, at most 200 characters; empty where there is none.</param>
/// <param name="Reason">What is wrong, as the end of a sentence that names line and column.</param>
/// <param name="Remedy">What to do, a whole sentence.</param>
public sealed record RejectedRow(int Line, string Column, string Value, string Reason, string Remedy)
{
    /// <summary>In the dataset's folder, as <see cref="WriteCsv"/> writes it; absent where no row was left out.</summary>
    public const string FileName = "rejected.csv";

    /// <param name="rowCount">Rows that can't be used in all, this one included.</param>
    internal RefusedException ToRefusal(int rowCount = 1)
    {
        var place = Column.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Line {Line}, column '{Column}'")
            : string.Create(CultureInfo.InvariantCulture, $"Line {Line}");
        var others = rowCount > 1 ? string.Create(CultureInfo.InvariantCulture, $" In all {rowCount:N0} rows can't be used.") : "";
        return new($"{place}: {Reason}. {Remedy}{others}");
    }

    /// <summary>Writes <c>line,column,value,reason,remedy</c>. Cells that a spreadsheet would run as a formula are prefixed with an apostrophe.</summary>
    public static void WriteCsv(Stream destination, IEnumerable<RejectedRow> rows)
    {
        using var csv = CsvWriter.Create(
            destination, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        csv.WriteRecord("line", "column", "value", "reason", "remedy");
        foreach (var row in rows)
        {
            csv.WriteRecord(row.Line.ToString(CultureInfo.InvariantCulture), row.Column, row.Value, row.Reason, row.Remedy);
        }
    }

    internal static void Save(string datasetFolder, IReadOnlyList<RejectedRow> rows)
    {
        if (rows.Count > 0)
        {
            using var file = File.Create(Path.Combine(datasetFolder, FileName));
            WriteCsv(file, rows);
        }
    }

    /// <summary>The rows that were left out of a dataset, in the file's order; values as in the file that <see cref="WriteCsv"/> wrote.</summary>
    /// <param name="limit">At most so many.</param>
    internal static IReadOnlyList<RejectedRow> Load(string datasetFolder, int limit = int.MaxValue)
    {
        List<RejectedRow> rows = [];
        var path = Path.Combine(datasetFolder, FileName);
        if (File.Exists(path))
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
            while (rows.Count < limit && csv.Read())
            {
                rows.Add(new(csv.Parse<int>(0), csv.GetString(1), csv.GetString(2), csv.GetString(3), csv.GetString(4)));
            }
        }

        return rows;
    }

    /// <summary>The lines of the rows that were left out of a dataset.</summary>
    internal static HashSet<int> LoadLines(string datasetFolder) => [.. Load(datasetFolder).Select(row => row.Line)];
}
