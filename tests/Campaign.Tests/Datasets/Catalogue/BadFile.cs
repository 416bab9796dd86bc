using System.Text;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Quality;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>What must come of a file.</summary>
public enum Expected
{
    /// <summary>It becomes a dataset, read right.</summary>
    Accepted,

    /// <summary>It waits for a person to decide.</summary>
    Asked,

    /// <summary>It is refused with a sentence.</summary>
    Refused,
}

/// <summary>One odd file of the catalogue.</summary>
/// <param name="Family">The number of its family, 1 to 100.</param>
/// <param name="What">In words, unique in its family.</param>
/// <param name="Says">
/// A part of the sentence of a refusal or of the first row to be decided about; of an accepted file a part of one of its remarks or findings,
/// or nothing.
/// </param>
/// <param name="Check">Whether an accepted file was read right.</param>
public sealed record BadFile(int Family, string What, Func<byte[]> Bytes, Expected Expected, string Says = "", Action<TakenFile>? Check = null, string FileName = "customers.csv")
{
    public override string ToString() => $"{Family:000} {What}";

    public static BadFile Text(int family, string what, string text, Expected expected, string says = "", Action<TakenFile>? check = null, string fileName = "customers.csv") =>
        new(family, what, () => Encoding.UTF8.GetBytes(text), expected, says, check, fileName);

    /// <summary>The invented customers with one row put in another's place.</summary>
    public static BadFile Row(int family, string what, string row, Expected expected, string says = "", Action<TakenFile>? check = null) =>
        Text(family, what, IntakeFixture.Customers((number, line) => number == 7 ? row : line), expected, says, check);
}

/// <summary>An accepted file, to look whether it was read right.</summary>
public sealed record TakenFile(Dataset Dataset, ColumnTable Table, QualityReport Quality)
{
    public IReadOnlyList<string> Remarks => Dataset.ReadDialect().Remarks;

    public ColumnInfo Column(string name) => Table.Columns[Table.IndexOf(name)];

    /// <param name="row">From 0.</param>
    public string? Cell(string column, int row) => Table.Text(Table.IndexOf(column), row);

    public bool Finds(string check) => Quality.Findings.Any(finding => finding.Check == check);
}
