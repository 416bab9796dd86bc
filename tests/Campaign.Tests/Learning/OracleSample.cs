using System.Globalization;
using System.Text;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Tests.Learning;

/// <summary>The invented customers of tests/oracle/sample.csv as a column table, and the reference values beside them.</summary>
internal sealed class OracleSample : IDisposable
{
    internal static readonly string[] FeatureNames = ["balance", "products", "age", "job"];

    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-oracle-").FullName;

    internal OracleSample()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "sample.csv"));
        string[] header = lines[0].Split(',');
        var cells = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        using (var writer = new ColumnTableWriter(_folder, [.. header.Select(name => new ColumnPlan(name, KindOf(name)))]))
        {
            foreach (var row in cells)
            {
                for (var i = 0; i < header.Length; i++)
                {
                    Add(writer, i, KindOf(header[i]), row[i]);
                }

                writer.EndRow();
            }

            writer.Complete();
        }

        Table = ColumnTable.Open(_folder);
        Affluent = [.. cells.Select(row => row[^1] == "affluent")];
        Customers = CustomerIndex.Of(Table, "customer");
        Folds = CustomerFolds.Of([.. new[] { "fold1", "fold2" }.Select(name => cells.Select(row => byte.Parse(row[Array.IndexOf(header, name)], CultureInfo.InvariantCulture)).ToArray())]);
        Features = FeatureSource.ForTraining(Table, FeatureNames);
        Data = new TrainingData(Features, Affluent, Folds);
    }

    internal ColumnTable Table { get; }

    internal bool[] Affluent { get; }

    internal CustomerIndex Customers { get; }

    internal CustomerFolds Folds { get; }

    internal FeatureSource Features { get; }

    internal TrainingData Data { get; }

    /// <summary>The recipe that out_of_fold.py follows.</summary>
    internal static TrainingRecipe Recipe { get; } = new(3, 0.1, 2, 0.8, 0.7, 5, 120, 20, 8, 4, 2, 7);

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "tests", "oracle", "sample.csv")))
            {
                folder = folder.Parent ?? throw new DirectoryNotFoundException("tests/oracle is not above the test binaries.");
            }

            return Path.Combine(folder.FullName, "tests", "oracle");
        }
    }

    internal static JsonElement Reference(string fileName) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, fileName))).RootElement;

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public void Dispose()
    {
        Data.Dispose();
        Table.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ColumnKind KindOf(string column) => column switch
    {
        "customer" => ColumnKind.Text,
        "job" or "segment" => ColumnKind.Category,
        _ => ColumnKind.Number,
    };

    private static void Add(ColumnTableWriter writer, int column, ColumnKind kind, string cell)
    {
        if (cell.Length == 0)
        {
            writer.AddMissing(column);
        }
        else if (kind == ColumnKind.Number)
        {
            writer.AddNumber(column, float.Parse(cell, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.AddText(column, Encoding.UTF8.GetBytes(cell));
        }
    }
}
