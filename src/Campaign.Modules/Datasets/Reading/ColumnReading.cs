using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What the cells of one column were, as the file was read; kept with the dataset for its quality report. No cell values.</summary>
/// <param name="MissingMarkers">How many cells stood for nothing, by what stood there in upper case ('N/A', 'NULL'); blank cells under the empty text.</param>
/// <param name="NumberCount">Cells that read as numbers.</param>
/// <param name="TextCount">Cells that read as text only.</param>
/// <param name="TooLargeCount">Infinite or beyond a 32-bit float: kept as missing.</param>
/// <param name="PercentCount">Numbers written with a percent sign: divided by 100.</param>
/// <param name="CurrencyCounts">Amounts by the currency mark that they carry, in upper case; unmarked ones are not counted.</param>
/// <param name="Dates">How its dates are written; null where it holds none.</param>
/// <param name="DatesFitBothOrders">Every date seen could be day or month first; then <paramref name="Dates"/> is what a person chose, or null.</param>
public sealed record ColumnReading(
    string Name,
    IReadOnlyDictionary<string, int> MissingMarkers,
    int NumberCount,
    int TextCount,
    int TooLargeCount,
    int PercentCount,
    IReadOnlyDictionary<string, int> CurrencyCounts,
    DateForm? Dates,
    bool DatesFitBothOrders);
