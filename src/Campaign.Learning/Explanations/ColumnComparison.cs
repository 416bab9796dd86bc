using System.Globalization;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Explanations;

/// <summary>
/// What a column's values say in words, from the training file: for numbers with many values where a value lies among the recorded normals;
/// for categories, numbers with few values and missing cells how many of the rows alike are recorded affluent.
/// </summary>
public sealed class ColumnComparison
{
    public const string MissingText = "missing";

    /// <summary>Numbers with at most so many different values are told by value, like categories.</summary>
    private const int FewValues = 12;

    /// <summary>Normals' values are kept at so many evenly spaced ranks: enough to say 'above 95 %'.</summary>
    private const int KeptRanks = 1001;

    private readonly FeatureColumn _feature;
    private readonly double _affluentShare;
    private readonly Dictionary<float, (int Rows, int Affluent)> _byValue = [];
    private readonly float[] _normalRanks = [];
    private readonly (int Rows, int Affluent) _missing;
    private readonly int _rowCount;
    private readonly bool _toldByValue = true;

    private ColumnComparison(FeatureColumn feature, ReadOnlySpan<float> values, ReadOnlySpan<bool> affluent)
    {
        _feature = feature;
        _rowCount = values.Length;
        _affluentShare = (double)affluent.Count(true) / affluent.Length;
        for (var row = 0; row < values.Length; row++)
        {
            var isAffluent = affluent[row] ? 1 : 0;
            if (float.IsNaN(values[row]))
            {
                _missing = (_missing.Rows + 1, _missing.Affluent + isAffluent);
            }
            else if (_toldByValue)
            {
                var soFar = _byValue.GetValueOrDefault(values[row]);
                _byValue[values[row]] = (soFar.Rows + 1, soFar.Affluent + isAffluent);
                _toldByValue = feature.Kind == ColumnKind.Category || _byValue.Count <= FewValues;
            }
        }

        if (!_toldByValue)
        {
            _byValue.Clear();
            _normalRanks = Ranks(values, affluent);
        }
    }

    /// <summary>One comparison for each feature.</summary>
    /// <param name="features">The training file's features.</param>
    /// <param name="affluent">The recorded class, one a row, at least one row.</param>
    public static IReadOnlyList<ColumnComparison> ForAll(FeatureSource features, ReadOnlySpan<bool> affluent)
    {
        var comparisons = new List<ColumnComparison>();
        var values = new float[features.RowCount];
        for (var i = 0; i < features.Features.Count; i++)
        {
            features.FillColumn(i, values);
            comparisons.Add(new ColumnComparison(features.Features[i], values, affluent));
        }

        return comparisons;
    }

    /// <param name="value">As the models know it: a number, a category's code, or NaN.</param>
    /// <param name="contribution">What it adds to the log-odds.</param>
    public Reason Explain(float value, double contribution) =>
        new(_feature.Name, contribution, ValueText(value), Compare(value));

    private string ValueText(float value) => float.IsNaN(value) ? MissingText : _feature.Kind switch
    {
        ColumnKind.Category => _feature.Categories[(int)value],
        ColumnKind.Date => ColumnTable.DateText(value),
        _ => NumberText(value),
    };

    private string Compare(float value)
    {
        if (float.IsNaN(value))
        {
            return ShareText(_missing, $"as in {Percent((double)_missing.Rows / _rowCount)} of the rows; ");
        }

        if (_toldByValue)
        {
            return ShareText(_byValue.GetValueOrDefault(value), "");
        }

        if (_normalRanks.Length == 0)
        {
            return "no customer recorded normal has a value here";
        }

        var typical = ValueText(_normalRanks[_normalRanks.Length / 2]);
        return PositionText(value) is { } position
            ? $"{position} the typical normal customer's {typical}"
            : $"near the typical normal customer's {typical}; it counts together with the other values";
    }

    private string ShareText((int Rows, int Affluent) alike, string before)
    {
        if (alike.Rows == 0)
        {
            return "a value that the training file does not have";
        }

        var share = (double)alike.Affluent / alike.Rows;
        var after = share <= _affluentShare ? "; it counts together with the other values" : "";
        return $"{before}{Percent(share)} of these are recorded affluent, {Percent(_affluentShare)} overall{after}";
    }

    /// <summary>By the share of recorded normals below the value (equal ones half); null within the middle fifth.</summary>
    private string? PositionText(float value)
    {
        int below = 0, equal = 0;
        foreach (var normal in _normalRanks)
        {
            below += normal < value ? 1 : 0;
            equal += normal == value ? 1 : 0;
        }

        return ((below + (equal / 2.0)) / _normalRanks.Length) switch
        {
            >= 0.95 => "far above",
            >= 0.6 => "above",
            > 0.4 => null,
            > 0.05 => "below",
            _ => "far below",
        };
    }

    private static float[] Ranks(ReadOnlySpan<float> values, ReadOnlySpan<bool> affluent)
    {
        var normal = new List<float>();
        for (var row = 0; row < values.Length; row++)
        {
            if (!affluent[row] && !float.IsNaN(values[row]))
            {
                normal.Add(values[row]);
            }
        }

        if (normal.Count == 0)
        {
            return [];
        }

        normal.Sort();
        var kept = new float[Math.Min(KeptRanks, normal.Count)];
        for (var rank = 0; rank < kept.Length; rank++)
        {
            kept[rank] = normal[kept.Length == 1 ? 0 : (int)((long)(normal.Count - 1) * rank / (kept.Length - 1))];
        }

        return kept;
    }

    /// <summary>Small ratios keep two more digits.</summary>
    private static string NumberText(float value) => MathF.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        < 0.1f => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static string Percent(double share) => share is > 0 and < 0.005
        ? "less than 1 %"
        : (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";
}
