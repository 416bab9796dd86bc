using Campaign.Learning.Columns;

namespace Campaign.Learning;

/// <summary>A file's categories as the models know them: by their place in the training file's dictionary.</summary>
public static class CategoryCodes
{
    /// <summary>In how many rows a category column of a new file holds a value that the models never saw; columns without such rows are left out.</summary>
    /// <param name="table">With the features' columns, as of <see cref="FeatureSource.ForScoring"/>.</param>
    public static IReadOnlyList<(string Column, int RowCount)> Unseen(ColumnTable table, IReadOnlyList<FeatureColumn> features)
    {
        var unseen = new List<(string, int)>();
        foreach (var feature in features.Where(feature => feature is { Kind: ColumnKind.Category, Derived: null }))
        {
            var column = FeatureSource.IndexOf(table, feature.Name);
            var count = 0;
            if (table.Columns[column].Kind != ColumnKind.Category)
            {
                var ofRows = OfRows(table, column, feature.Categories);
                count = Enumerable.Range(0, table.RowCount).Count(row => float.IsNaN(ofRows[row]) && table.Text(column, row) is not null);
            }
            else if (OfCodes(table.Columns[column], feature.Categories) is { } ofCodes)
            {
                foreach (var code in table.Codes(column))
                {
                    count += code >= 0 && float.IsNaN(ofCodes[code]) ? 1 : 0;
                }
            }

            if (count > 0)
            {
                unseen.Add((feature.Name, count));
            }
        }

        return unseen;
    }

    /// <summary>Training code of each of a category column's codes; NaN where training never saw it. Null where the codes are the same.</summary>
    internal static float[]? OfCodes(ColumnInfo found, IReadOnlyList<string> categories)
    {
        var known = Positions(categories);
        return found.Categories.SequenceEqual(categories) ? null : [.. found.Categories.Select(text => known.GetValueOrDefault(text, float.NaN))];
    }

    /// <summary>Training code of each row of a column that is no category here; NaN where missing or never seen in training.</summary>
    internal static float[] OfRows(ColumnTable table, int column, IReadOnlyList<string> categories)
    {
        var known = Positions(categories);
        var ofRow = new float[table.RowCount];
        for (var row = 0; row < ofRow.Length; row++)
        {
            ofRow[row] = table.Text(column, row) is { } text ? known.GetValueOrDefault(text, float.NaN) : float.NaN;
        }

        return ofRow;
    }

    private static Dictionary<string, float> Positions(IReadOnlyList<string> categories) =>
        categories.Select((text, code) => (text, code)).ToDictionary(pair => pair.text, pair => (float)pair.code, StringComparer.Ordinal);
}
