using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Datasets.Reading;
using Campaign.Tests.Learning;

namespace Campaign.Tests.Datasets.Quality;

/// <summary>
/// A clean invented file of 400 customers, every third affluent, that all checks pass; each test adds or changes a column. Roles are given, not guessed.
/// </summary>
internal sealed class CheckedSample
{
    public const int RowCount = 400;
    public static readonly DateOnly Today = new(2026, 9, 30);

    private readonly List<(string Name, ColumnKind Kind, Array Cells)> columns =
    [
        ("id", ColumnKind.Text, Texts(row => $"K{row:00000}")),
        ("age", ColumnKind.Number, Numbers(row => 20 + (row % 60))),
        ("education", ColumnKind.Category, Texts(row => row % 2 == 0 ? "degree" : "diploma")),
        ("balance", ColumnKind.Number, Numbers(row => 1000 + (row * 7))),
        ("opened", ColumnKind.Date, Numbers(row => 15_000 + row)),
        ("segment", ColumnKind.Category, Texts(row => row % 3 == 0 ? "affluent" : "normal")),
    ];

    public List<ColumnReading> Reading { get; } = [];

    public List<LeftOutColumn> LeftOut { get; } = [];

    public List<LeakingColumn> Leaking { get; } = [];

    public List<string> Sensitive { get; } = [];

    public string? Id { get; set; } = "id";

    public string AffluentValue { get; set; } = "affluent";

    public EarlierFile? Earlier { get; set; }

    /// <summary>As many rows, the same columns, as many affluents.</summary>
    public EarlierFile Alike => new("may.csv", new DateTime(2026, 5, 31, 0, 0, 0, DateTimeKind.Utc), RowCount, (RowCount + 2) / 3, columns.ToDictionary(column => column.Name, _ => 0.0), true);

    public static float[] Numbers(Func<int, float> cell) => [.. Enumerable.Range(0, RowCount).Select(cell)];

    public static string?[] Texts(Func<int, string?> cell) => [.. Enumerable.Range(0, RowCount).Select(cell)];

    public CheckedSample With(string name, Func<int, float> cell, ColumnKind kind = ColumnKind.Number) => Set(name, kind, Numbers(cell));

    public CheckedSample With(string name, Func<int, string?> cell, ColumnKind kind = ColumnKind.Category) => Set(name, kind, Texts(cell));

    public CheckedSample Read(string name, Func<ColumnReading, ColumnReading> change)
    {
        Reading.Add(change(new(name, new Dictionary<string, int>(), RowCount, 0, 0, 0, new Dictionary<string, int>(), null, false)));
        return this;
    }

    public QualityReport Check()
    {
        using var table = new InventedTable([.. columns]);
        string[] features = [.. columns.Select(column => column.Name).Where(name => name != Id && name != "segment" && LeftOut.All(left => left.Name != name))];
        var roles = new ColumnRoles(Id, "segment", AffluentValue, features, Sensitive, LeftOut, Leaking);
        return QualityChecks.Run(new(table.Table, roles, Reading, ProfileOf(table.Table, Id), Earlier, Today));
    }

    /// <summary>What a check found.</summary>
    public IReadOnlyList<QualityFinding> Find(string check)
    {
        var report = Check();
        Xunit.Assert.Contains(report.Checks, one => one.Name == check);
        return [.. report.Findings.Where(finding => finding.Check == check)];
    }

    /// <summary>The members that the checks read, computed plainly; the others are empty.</summary>
    public static DatasetProfile ProfileOf(ColumnTable table, string? id) => new(
        table.RowCount, 0,
        [.. table.Columns.Select((column, i) => ProfileOf(table, column, i)).Where(column => column.Name != id)],
        new([], [], []), null, null);

    private static ColumnProfile ProfileOf(ColumnTable table, ColumnInfo column, int position)
    {
        var present = table.RowCount - column.MissingCount;
        var numbers = column.HoldsNumbers ? NumbersOf(table.Numbers(position)) : null;
        return new(column.Name, column.Kind, new(present, 0), new(column.MissingCount, 0), double.NaN, double.NaN, numbers, null);
    }

    private static NumberProfile NumbersOf(ReadOnlySpan<float> cells)
    {
        double[] sorted = [.. cells.ToArray().Where(cell => !float.IsNaN(cell)).Select(cell => (double)cell).Order()];
        double Quantile(double share) => sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
        static double Scale(double value) => Math.CopySign(Math.Log(1 + Math.Abs(value)), value);
        var all = new Quantiles(Quantile(0.01), Quantile(0.05), Quantile(0.25), Quantile(0.5), Quantile(0.75), Quantile(0.95), Quantile(0.99));
        var (low, high) = (Scale(all.P25), Scale(all.P75));
        var outliers = sorted.Count(value => Scale(value) < low - (3 * (high - low)) || Scale(value) > high + (3 * (high - low)));
        return new(
            Quantile(0), Quantile(1), double.NaN, double.NaN, double.NaN, null, default, new(sorted.Count(value => value < 0), 0), false, all, all, all, new(outliers, 0), [], []);
    }

    private CheckedSample Set(string name, ColumnKind kind, Array cells)
    {
        var at = columns.FindIndex(column => column.Name == name);
        if (at < 0)
        {
            columns.Add((name, kind, cells));
        }
        else
        {
            columns[at] = (name, kind, cells);
        }

        return this;
    }
}
