using System.Globalization;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Explanations;

/// <summary>
/// What a column's values say in words, from the training file: for numbers with many values where a value lies among the recorded normals;
/// for categories, numbers with few values and missing cells how many of the rows alike are recorded affluent. Always beside it the typical
/// value of either class: the lower median of numbers and dates, the most frequent category (of equals the first in ordinal order), of the
/// rows that have one.
/// </summary>
public sealed class ColumnComparison
{
    public const string MissingText = FeatureValueText.Missing;

    /// <summary>Numbers with at most so many different values are told by value, like categories.</summary>
    private const int FewValues = 12;

    /// <summary>Normals' values are kept at so many evenly spaced ranks: enough to say 'above 95 %'.</summary>
    private const int KeptRanks = 1001;

    private const string Together = "; it counts together with the other values";

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

        if (feature.Kind == ColumnKind.Category)
        {
            TypicalNormal = MostFrequent(count => count.Rows - count.Affluent);
            TypicalAffluent = MostFrequent(count => count.Affluent);
            return;
        }

        var normal = Sorted(values, affluent, ofAffluent: false);
        TypicalNormal = LowerMedian(normal);
        TypicalAffluent = LowerMedian(Sorted(values, affluent, ofAffluent: true));
        if (!_toldByValue)
        {
            _byValue.Clear();
            _normalRanks = Ranks(normal);
        }
    }

    /// <summary>Of the recorded normals; NaN where none has a value.</summary>
    public float TypicalNormal { get; }

    /// <summary>Of the recorded affluents; NaN where none has a value.</summary>
    public float TypicalAffluent { get; }

    /// <summary>One comparison for each feature.</summary>
    /// <param name="features">The training file's features.</param>
    /// <param name="affluent">The recorded class, one a row, at least one row.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    public static IReadOnlyList<ColumnComparison> ForAll(FeatureSource features, bool[] affluent, int threadCount = 1)
    {
        var comparisons = new ColumnComparison[features.Features.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
        Parallel.For(0, comparisons.Length, options, () => new float[features.RowCount], (i, _, values) =>
        {
            features.FillColumn(i, values);
            comparisons[i] = new ColumnComparison(features.Features[i], values, affluent);
            return values;
        }, _ => { });
        return comparisons;
    }

    /// <param name="value">As the models know it: a number, a category's code, or NaN.</param>
    /// <param name="contribution">What it adds to the log-odds.</param>
    public Reason Explain(float value, double contribution) =>
        new(_feature.Name, contribution, ValueText(value), Compare(value, contribution));

    private string ValueText(float value) => FeatureValueText.Of(_feature, value);

    private string Compare(float value, double contribution)
    {
        if (float.IsNaN(value))
        {
            return ShareText(_missing, $"as in {Percent((double)_missing.Rows / _rowCount)} of the rows; ", contribution);
        }

        if (_toldByValue)
        {
            return ShareText(_byValue.GetValueOrDefault(value), "", contribution);
        }

        if (_normalRanks.Length == 0)
        {
            return "no customer recorded normal has a value here";
        }

        var typical = ValueText(TypicalNormal);
        var affluent = float.IsNaN(TypicalAffluent) ? "; no affluent has a value here" : $"; typical affluent {ValueText(TypicalAffluent)}";
        return PositionText(value) is { } position
            ? $"{position} the typical normal customer's {typical}{affluent}"
            : $"near the typical normal customer's {typical}{affluent}{Together}";
    }

    /// <param name="contribution">Where the share points the other way, other columns must be at work.</param>
    private string ShareText((int Rows, int Affluent) alike, string before, double contribution)
    {
        if (alike.Rows == 0)
        {
            return $"a value that the training file does not have{TypicalText()}";
        }

        var share = (double)alike.Affluent / alike.Rows;
        var pointsThere = contribution < 0 ? share < _affluentShare : share > _affluentShare;
        return $"{before}{Percent(share)} of these are recorded affluent, {Percent(_affluentShare)} overall{TypicalText()}{(pointsThere ? "" : Together)}";
    }

    private string TypicalText() => (float.IsNaN(TypicalNormal), float.IsNaN(TypicalAffluent)) switch
    {
        (true, true) => "",
        (false, true) => $" (typical normal {ValueText(TypicalNormal)})",
        (true, false) => $" (typical affluent {ValueText(TypicalAffluent)})",
        _ => $" (typical normal {ValueText(TypicalNormal)}, typical affluent {ValueText(TypicalAffluent)})",
    };

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

    private float MostFrequent(Func<(int Rows, int Affluent), int> count)
    {
        var (typical, most) = (float.NaN, 0);
        foreach (var (code, rows) in _byValue)
        {
            if (count(rows) > most || (count(rows) == most && code < typical))
            {
                (typical, most) = (code, count(rows));
            }
        }

        return typical;
    }

    private static float LowerMedian(float[] sorted) => sorted.Length == 0 ? float.NaN : sorted[(sorted.Length - 1) / 2];

    private static float[] Sorted(ReadOnlySpan<float> values, ReadOnlySpan<bool> affluent, bool ofAffluent)
    {
        var count = 0;
        for (var row = 0; row < values.Length; row++)
        {
            count += affluent[row] == ofAffluent && !float.IsNaN(values[row]) ? 1 : 0;
        }

        var sorted = new float[count];
        for (int row = 0, next = 0; row < values.Length; row++)
        {
            if (affluent[row] == ofAffluent && !float.IsNaN(values[row]))
            {
                sorted[next++] = values[row];
            }
        }

        Array.Sort(sorted);
        return sorted;
    }

    private static float[] Ranks(float[] sorted)
    {
        var kept = new float[Math.Min(KeptRanks, sorted.Length)];
        for (var rank = 0; rank < kept.Length; rank++)
        {
            kept[rank] = sorted[kept.Length == 1 ? 0 : (int)((long)(sorted.Length - 1) * rank / (kept.Length - 1))];
        }

        return kept;
    }

    private static string Percent(double share) => share is > 0 and < 0.005
        ? "less than 1 %"
        : (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";
}
