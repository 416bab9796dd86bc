using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Benchmarks;

/// <summary>
/// A file whose true classes are known: its own recorded classes, or those of a truth file with the column <c>true_segment</c>, row by row.
/// </summary>
internal sealed class LabelledFile : IDisposable
{
    /// <summary>From the most to the least obvious affluent the odds of being hidden grow by e^2.2, nine times.</summary>
    private const double ObviousSlope = 2.2;

    private readonly double[] _obviousRank;
    private readonly ColumnTable _table;
    private readonly string[] _features;

    private LabelledFile(ColumnTable table, string[] features, bool[] recorded, bool[] truth)
    {
        (_table, _features, Recorded, Truth) = (table, features, recorded, truth);
        _obviousRank = ObviousRank();
    }

    internal bool[] Recorded { get; }

    internal bool[] Truth { get; }

    internal static LabelledFile Read(string path, string? truthPath, string folder)
    {
        var file = FileExamination.Of(path, Path.GetFileName(path), ReadingChoices.Find);
        var id = ColumnRoleGuess.FindId(file, RoleRequest.Guess);
        var label = ColumnRoleGuess.FindLabel(file, RoleRequest.Guess, id) ?? throw new InvalidOperationException($"{path} has no recorded class.");
        DatasetReader.Read(path, file, new ReadingPlan(id, label, new Dictionary<string, ColumnKind>(), new HashSet<string>()), folder, CancellationToken.None);
        var table = ColumnTable.Open(folder);
        var labels = table.IndexOf(label);
        bool[] recorded = [.. Enumerable.Range(0, table.RowCount).Select(row => IsAffluent(table.Text(labels, row)))];
        var truth = recorded;
        if (truthPath is not null)
        {
            var lines = File.ReadAllLines(truthPath);
            var position = Array.IndexOf(lines[0].Split(','), "true_segment");
            truth = [.. lines.Skip(1).Select(line => IsAffluent(line.Split(',')[position]))];
        }

        string[] features = [.. table.Columns.Where(column => column.Name != id && column.Name != label && column.Kind != ColumnKind.Text).Select(column => column.Name)];
        return truth.Length == table.RowCount
            ? new LabelledFile(table, features, recorded, truth)
            : throw new InvalidOperationException($"{truthPath} has {truth.Length} rows, the file {table.RowCount}.");
    }

    /// <summary>Which rows' recorded class says normal although they are affluent: a share of <paramref name="rows"/>' affluents.</summary>
    /// <param name="lessObvious">False: each equally likely. True: the less obvious up to nine times more likely.</param>
    internal HashSet<int> Hide(int[] rows, double share, bool lessObvious, ref SeededRandom random)
    {
        int[] affluent = [.. rows.Where(row => Truth[row])];
        var keys = new double[affluent.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            // The highest of these sums are a draw without replacement with odds e^slope (Gumbel's trick).
            keys[i] = Math.Log(-Math.Log(random.NextShare())) + (lessObvious ? ObviousSlope * _obviousRank[affluent[i]] : 0);
        }

        Array.Sort(keys, affluent);
        return [.. affluent.Take((int)Math.Round(share * affluent.Length))];
    }

    /// <summary>The product's own out-of-fold scores, one repeat, of some rows of the file.</summary>
    internal OutOfFoldScores Score(int[] rows, bool[] affluent, int seed, string folder)
    {
        Write(rows, folder);
        try
        {
            using var part = ColumnTable.Open(folder);
            return Score(part, affluent, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => _table.Dispose();

    private static bool IsAffluent(string? text) => string.Equals(text, "affluent", StringComparison.OrdinalIgnoreCase);

    private OutOfFoldScores Score(ColumnTable table, bool[] affluent, int seed)
    {
        var recipe = TrainingRecipe.For(table.RowCount, seed, quick: true);
        int[] customers = [.. Enumerable.Range(0, table.RowCount)];
        var folds = CustomerFolds.Deal(CustomerIndex.Of(customers), affluent, recipe.FoldCount, recipe.RepeatCount, seed);
        using var data = new TrainingData(FeatureSource.ForTraining(table, _features), affluent, folds);
        var (scores, models) = OutOfFoldScores.Compute(data, recipe, Environment.ProcessorCount);
        models.Dispose();
        return scores;
    }

    /// <summary>Of each affluent row, the share of affluents that are less obvious by the out-of-fold scores of a model that knows the truth.</summary>
    private double[] ObviousRank()
    {
        var logOdds = Score(_table, Truth, seed: 1).LogOdds.ToArray();
        int[] order = [.. Enumerable.Range(0, Truth.Length).Where(row => Truth[row]).OrderBy(row => logOdds[row])];
        var rank = new double[Truth.Length];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = (double)i / order.Length;
        }

        return rank;
    }

    private void Write(int[] rows, string folder)
    {
        int[] columns = [.. _features.Select(_table.IndexOf)];
        using var writer = new ColumnTableWriter(folder, [.. columns.Select(column => new ColumnPlan(_table.Columns[column].Name, _table.Columns[column].Kind))]);
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                if (_table.Columns[columns[i]].HoldsNumbers)
                {
                    writer.AddNumber(i, _table.Numbers(columns[i])[row]);
                }
                else if (_table.Codes(columns[i])[row] is >= 0 and var code)
                {
                    writer.AddText(i, System.Text.Encoding.UTF8.GetBytes(_table.Columns[columns[i]].Categories[code]));
                }
                else
                {
                    writer.AddMissing(i);
                }
            }

            writer.EndRow();
        }

        writer.Complete();
    }
}
