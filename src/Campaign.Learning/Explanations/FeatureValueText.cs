using System.Globalization;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Explanations;

/// <summary>A feature's value as people read it.</summary>
internal static class FeatureValueText
{
    internal const string Missing = "missing";

    /// <param name="value">As the models know it: a number, a day, a category's code, or NaN.</param>
    internal static string Of(FeatureColumn feature, float value) => float.IsNaN(value) ? Missing : feature.Kind switch
    {
        ColumnKind.Category => feature.Categories[(int)value],
        ColumnKind.Date => ColumnTable.DateText(value),
        _ => OfNumber(value),
    };

    /// <summary>Small ratios keep two more digits.</summary>
    private static string OfNumber(float value) => MathF.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        < 0.1f => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
