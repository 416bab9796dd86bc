using Campaign.Learning.Metrics;

namespace Campaign.Learning.Robustness;

/// <summary>How a column's values are spoilt.</summary>
public enum Disturbance
{
    /// <summary>Every value is missing.</summary>
    Missing,

    /// <summary>Every number is one interquartile range higher.</summary>
    ShiftedUp,

    /// <summary>Every number is one interquartile range lower.</summary>
    ShiftedDown,

    /// <summary>Normal noise of a tenth of the interquartile range is added to every number.</summary>
    Noise,

    /// <summary>One number in twenty has lost its decimal point's place: ten times or a tenth of itself.</summary>
    TypingErrors,

    /// <summary>The most frequent category is spelled as training never saw it, which counts as missing.</summary>
    UnseenCategory,

    /// <summary>One category in twenty is misspelled, which counts as missing.</summary>
    Misspelled,
}

/// <summary>What one disturbance of one column does; each number as it is with the disturbance.</summary>
/// <param name="Auc">NaN where one of the classes has no row.</param>
/// <param name="AucInterval">95 %; undefined as of <see cref="Metrics.AucInterval"/>.</param>
/// <param name="AveragePrecision">NaN without affluents.</param>
/// <param name="Recall">At the threshold in force, which stays.</param>
/// <param name="Changed">Of all rows, those that are now selected and were not, or the reverse.</param>
public sealed record RobustnessRow(
    string Column, Disturbance Disturbance, double Auc, Interval AucInterval, double AveragePrecision, Rate Recall, Rate Changed);
