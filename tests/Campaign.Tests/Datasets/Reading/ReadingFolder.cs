using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Reading;

/// <summary>A folder in which one file is examined and read, without a database.</summary>
internal sealed class ReadingFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("campaign-reading-").FullName;
    private readonly string path;
    private readonly string name;

    public ReadingFolder(byte[] bytes, string name = "customers.csv")
    {
        this.name = name;
        path = Path.Combine(folder, "file");
        File.WriteAllBytes(path, bytes);
    }

    public ReadingFolder(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>A file of the columns <c>id,plan</c> and the given one: one row for each cell, 20 more rows of the last cell.</summary>
    public static ReadingFolder OfColumn(string column, params string[] cells) => new(
        $"id;plan;{column}\n" + string.Concat(cells.Concat(Enumerable.Repeat(cells[^1], 20)).Select((cell, i) => $"C{i:000};{(i % 2 == 0 ? "a" : "b")};{cell}\n")));

    public string Columns => Path.Combine(folder, "columns");

    public string Source => path;

    public FileExamination Examine(ReadingChoices? choices = null) => FileExamination.Of(path, name, choices ?? ReadingChoices.Find);

    public string Refusal(ReadingChoices choices) => Assert.Throws<RefusedException>(() => Examine(choices)).Message;

    public DatasetReading Read(
        ReadingChoices? choices = null, string? id = "id", string? label = null, IReadOnlyDictionary<string, ColumnKind>? kinds = null, int? threadCount = null) =>
        DatasetReader.Read(
            path, Examine(choices), new ReadingPlan(id, label, kinds ?? new Dictionary<string, ColumnKind>(), new HashSet<string>()), Columns, CancellationToken.None, threadCount);

    /// <summary>A column's first cells as texts; null is missing.</summary>
    public IReadOnlyList<string?> Texts(string column, int count)
    {
        using var table = ColumnTable.Open(Columns);
        return [.. Enumerable.Range(0, count).Select(row => table.Text(table.IndexOf(column), row))];
    }

    public ColumnKind Kind(string column)
    {
        using var table = ColumnTable.Open(Columns);
        return table.Columns[table.IndexOf(column)].Kind;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
