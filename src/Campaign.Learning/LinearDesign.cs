using System.Text.Json.Serialization;
using Campaign.Learning.Columns;

namespace Campaign.Learning;

/// <summary>What a column of the design says of a feature.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DesignColumnKind>))]
public enum DesignColumnKind
{
    /// <summary>The number, drawn in to <see cref="DesignColumn.Low"/> and <see cref="DesignColumn.High"/>; missing is the mean.</summary>
    Number,

    /// <summary>1 where the feature is missing, else 0.</summary>
    Missing,

    /// <summary>1 where the feature is the category <see cref="DesignColumn.Code"/>, else 0.</summary>
    Category,
}

/// <summary>One column of the design: (value - <see cref="Mean"/>) / <see cref="Scale"/>.</summary>
/// <param name="Feature">Position among the model's features.</param>
/// <param name="Code">Position of the category in the feature's categories; 0 for other kinds.</param>
/// <param name="Low">Smallest value that counts as itself; 0 for other kinds than numbers.</param>
/// <param name="High">Largest.</param>
/// <param name="Mean">Over the training file's rows.</param>
/// <param name="Scale">Standard deviation over the training file's rows for numbers, 1 for the others; above 0.</param>
public sealed record DesignColumn(int Feature, DesignColumnKind Kind, int Code, double Low, double High, double Mean, double Scale);

/// <summary>
/// How features become the numbers of a linear model: numbers drawn in to their 1st and 99th percentile and standardised, an indicator of
/// missing values where there are enough, an indicator for each category with enough rows, all centred, so that 0 is the average customer.
/// Made from the features of all rows and of no class.
/// </summary>
/// <param name="Columns">In the order of the coefficients.</param>
public sealed record LinearDesign(IReadOnlyList<DesignColumn> Columns)
{
    /// <summary>A category, or missing, of fewer rows has no column of its own: a coefficient would say what chance said.</summary>
    private const int LeastRows = 20;

    private const double Tail = 0.01;

    public static LinearDesign Of(FeatureSource features)
    {
        var columns = new List<DesignColumn>();
        var values = new float[features.RowCount];
        for (var feature = 0; feature < features.Features.Count; feature++)
        {
            features.FillColumn(feature, values);
            if (features.Features[feature].Kind == ColumnKind.Category)
            {
                AddCategories(columns, feature, features.Features[feature].Categories.Count, values);
            }
            else
            {
                AddNumber(columns, feature, values);
            }

            AddIndicator(columns, feature, DesignColumnKind.Missing, 0, values.Count(float.IsNaN), values.Length);
        }

        return new LinearDesign(columns);
    }

    /// <param name="features">Of the training file, or of another with the same features.</param>
    /// <param name="rows">Row numbers from 0, in any order.</param>
    /// <param name="values">Row-major, <see cref="Columns"/>.Count a row: to be filled.</param>
    public void Fill(FeatureSource features, ReadOnlySpan<int> rows, Span<float> values)
    {
        var width = features.Features.Count;
        var raw = new float[rows.Length * width];
        features.Fill(rows, raw);
        for (int row = 0, next = 0; row < rows.Length; row++)
        {
            foreach (var column in Columns)
            {
                values[next++] = Value(column, raw[(row * width) + column.Feature]);
            }
        }
    }

    private static float Value(DesignColumn column, float raw)
    {
        double value = column.Kind switch
        {
            DesignColumnKind.Number => float.IsNaN(raw) ? column.Mean : Math.Clamp(raw, column.Low, column.High),
            DesignColumnKind.Missing => float.IsNaN(raw) ? 1 : 0,
            _ => raw == column.Code ? 1 : 0,
        };
        return (float)((value - column.Mean) / column.Scale);
    }

    private static void AddNumber(List<DesignColumn> columns, int feature, float[] values)
    {
        float[] known = [.. values.Where(value => !float.IsNaN(value)).Order()];
        if (known.Length < LeastRows)
        {
            return;
        }

        double low = known[(int)(Tail * (known.Length - 1))], high = known[(int)Math.Ceiling((1 - Tail) * (known.Length - 1))];
        double sum = 0, squares = 0;
        foreach (var value in known)
        {
            sum += Math.Clamp(value, low, high);
        }

        var mean = sum / known.Length;
        foreach (var value in known)
        {
            var distance = Math.Clamp(value, low, high) - mean;
            squares += distance * distance;
        }

        var deviation = Math.Sqrt(squares / known.Length);
        if (deviation > 0)
        {
            columns.Add(new DesignColumn(feature, DesignColumnKind.Number, 0, low, high, mean, deviation));
        }
    }

    private static void AddCategories(List<DesignColumn> columns, int feature, int categoryCount, float[] values)
    {
        var counts = new int[categoryCount];
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                counts[(int)value]++;
            }
        }

        for (var code = 0; code < categoryCount; code++)
        {
            AddIndicator(columns, feature, DesignColumnKind.Category, code, counts[code], values.Length);
        }
    }

    private static void AddIndicator(List<DesignColumn> columns, int feature, DesignColumnKind kind, int code, int count, int rowCount)
    {
        if (count >= LeastRows && count <= rowCount - LeastRows)
        {
            columns.Add(new DesignColumn(feature, kind, code, 0, 0, (double)count / rowCount, 1));
        }
    }
}
