using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What a person says about how a file is to be read; what is null is found out.</summary>
/// <param name="Encoding">One of <see cref="TextEncodings"/>' names.</param>
/// <param name="Sheet">Of a workbook.</param>
/// <param name="HeaderLine">The header's line in the file (row of the sheet), from 1.</param>
/// <param name="DecimalComma">1.234,56 rather than 1,234.56.</param>
/// <param name="Dates"><see cref="DateForm.DayFirst"/> or <see cref="DateForm.MonthFirst"/>: for columns whose dates fit both.</param>
public sealed record ReadingChoices(
    string? Encoding = null, char? Delimiter = null, string? Sheet = null, int? HeaderLine = null, bool? DecimalComma = null, DateForm? Dates = null)
{
    /// <summary>Everything is found out.</summary>
    public static ReadingChoices Find { get; } = new();
}
