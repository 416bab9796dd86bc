using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;

namespace Campaign.Learning.Profiles;

/// <summary>A column over some rows: numbers, categories, or of a text only which cells have a value. Merges with that of other rows.</summary>
internal sealed class ColumnSummary
{
    /// <summary>Quartile ranges beyond the quartiles from which a number is an outlier.</summary>
    private const double OutlierRanges = 3;

    private readonly NumberSummary? _numbers;
    private readonly CategorySummary? _categories;
    private ClassCount _present;
    private ClassCount _missing;

    private ColumnSummary(ClassCount present, ClassCount missing, NumberSummary? numbers, CategorySummary? categories) =>
        (_present, _missing, _numbers, _categories) = (present, missing, numbers, categories);

    /// <param name="rangeRows">The rows from <paramref name="firstRow"/>, fewer at the file's end.</param>
    public static ColumnSummary Of(ColumnTable table, bool[] affluent, int column, int firstRow, int rangeRows)
    {
        var count = Math.Min(rangeRows, table.RowCount - firstRow);
        var classes = affluent.AsSpan(firstRow, count);
        var info = table.Columns[column];
        if (info.HoldsNumbers)
        {
            var numbers = NumberSummary.Of(table.Numbers(column).Slice(firstRow, count), classes, info.Kind == ColumnKind.Date);
            return new(numbers.Present, numbers.Missing, numbers, null);
        }

        if (info.Kind == ColumnKind.Category)
        {
            var categories = CategorySummary.Of(table.Codes(column).Slice(firstRow, count), classes, info.Categories.Count);
            return new(categories.Present, categories.Missing, null, categories);
        }

        ClassCount present = default, missing = default;
        for (var row = 0; row < count; row++)
        {
            var one = classes[row] ? new ClassCount(0, 1) : new ClassCount(1, 0);
            (present, missing) = table.Utf8(column, firstRow + row).IsEmpty ? (present, missing + one) : (present + one, missing);
        }

        return new(present, missing, null, null);
    }

    public void Merge(ColumnSummary other)
    {
        _numbers?.Merge(other._numbers!);
        _categories?.Merge(other._categories!);
        (_present, _missing) = (_present + other._present, _missing + other._missing);
    }

    /// <summary>The column's profile, of all rows: takes a second look at the cells where counts must be exact.</summary>
    public SummarisedColumn Profile(ColumnTable table, bool[] affluent, int column, CancellationToken cancellation)
    {
        var info = table.Columns[column];
        if (_categories is not null)
        {
            var aucAlone = ColumnAuc.OfCategories(table.Codes(column), info.Categories.Count, affluent);
            var categories = _categories.Profile(info.Categories);
            return new(column, info, new(info.Name, info.Kind, _present, _missing, aucAlone, _categories.CramersV(), null, categories), null, null, _categories);
        }

        if (_numbers is null)
        {
            return new(column, info, new(info.Name, info.Kind, _present, _missing, double.NaN, double.NaN, null, null), null, null, null);
        }

        var values = _numbers.Distribution();
        var numbers = Describe(_numbers, values, info.Kind, table.Numbers(column), affluent, cancellation);
        return new(
            column, info, new(info.Name, info.Kind, _present, _missing, values.Auc(_missing), _numbers.CorrelationRatio, numbers, null),
            _numbers, values, null);
    }

    private static NumberProfile Describe(
        NumberSummary numbers, ValueDistribution values, ColumnKind kind, ReadOnlySpan<float> cells, bool[] affluent, CancellationToken cancellation)
    {
        var isEmpty = numbers.Present.Rows == 0;
        double minimum = isEmpty ? double.NaN : numbers.Minimum, maximum = isEmpty ? double.NaN : numbers.Maximum;
        var moments = numbers.All;
        var quantiles = values.Quantiles(count => count.Rows);
        var (low, high) = OutlierFences(quantiles);
        var edges = HistogramEdges.For(values, minimum, maximum, numbers.AreWhole, kind);
        var (bins, outliers) = BinCounts.Of(cells, affluent, kind == ColumnKind.Date, edges, low, high, cancellation);
        var isConstant = minimum == maximum;
        return new(
            minimum,
            maximum,
            isEmpty ? double.NaN : isConstant ? minimum : moments.Mean,
            isConstant ? 0 : moments.StandardDeviation,
            isConstant ? double.NaN : moments.Skewness,
            numbers.DistinctCount,
            numbers.Zeros,
            numbers.Negatives,
            numbers.AreWhole,
            quantiles,
            values.Quantiles(count => count.Normal),
            values.Quantiles(count => count.Affluent),
            outliers,
            bins,
            values.Tenths(numbers.AreWhole));
    }

    /// <summary>NaN where the quartiles are equal or there are none.</summary>
    private static (double Low, double High) OutlierFences(Quantiles quantiles)
    {
        double lower = SignedLog(quantiles.P25), upper = SignedLog(quantiles.P75), reach = OutlierRanges * (upper - lower);
        return reach > 0 ? (SignedExp(lower - reach), SignedExp(upper + reach)) : (double.NaN, double.NaN);
    }

    private static double SignedLog(double value) => double.IsNaN(value) ? value : Math.Sign(value) * Math.Log(1 + Math.Abs(value));

    private static double SignedExp(double value) => Math.Sign(value) * (Math.Exp(Math.Abs(value)) - 1);
}

/// <summary>A column's profile with the sums behind it, for pairs and maps.</summary>
/// <param name="Column">Its position in the table.</param>
internal sealed record SummarisedColumn(
    int Column, ColumnInfo Info, ColumnProfile Profile, NumberSummary? Numbers, ValueDistribution? Values, CategorySummary? Categories)
{
    /// <summary>A constant column is scaled by 1: it has no correlation anyway.</summary>
    public PairedNumber ToPairedNumber() =>
        new(Column, Numbers!.All.Mean, Profile.Numbers!.StandardDeviation is > 0 and var deviation ? deviation : 1);

    public PairedCategory ToPairedCategory()
    {
        var levels = new byte[Info.Categories.Count];
        Array.Fill(levels, (byte)AssociationSums.OtherLevel);
        foreach (var (level, code) in Categories!.ByFrequency.Take(CategoryProfile.BarLimit).Index())
        {
            levels[code] = (byte)level;
        }

        return new(Column, levels);
    }
}
