using Campaign.Learning.Columns;

namespace Campaign.Learning.Profiles;

/// <summary>
/// What a dataset's columns hold, split by the recorded class: counts and summaries only, never a row. Shares come with the counts that they
/// are made of; what is undefined (no rows, no variation) is NaN or null, never 0.
/// </summary>
/// <param name="RowCount">Data rows of the dataset.</param>
/// <param name="AffluentRowCount">Of these, recorded affluent.</param>
/// <param name="Columns">One a profiled column, in the file's order; the id is not among them.</param>
/// <param name="Associations">Between the columns that tell most about the recorded class.</param>
/// <param name="Principal">The customers on the plane of the first two principal components; null where fewer than two columns can be used.</param>
/// <param name="SelfOrganising">The customers on a self-organising map; null where <paramref name="Principal"/> is.</param>
public sealed record DatasetProfile(
    int RowCount,
    int AffluentRowCount,
    IReadOnlyList<ColumnProfile> Columns,
    AssociationMatrix Associations,
    CustomerMap? Principal,
    CustomerMap? SelfOrganising);

/// <summary>Rows by recorded class.</summary>
public readonly record struct ClassCount(long Normal, long Affluent)
{
    public long Rows => Normal + Affluent;

    public static ClassCount operator +(ClassCount left, ClassCount right) => new(left.Normal + right.Normal, left.Affluent + right.Affluent);
}

/// <summary>One column. Exactly one of <paramref name="Numbers"/> and <paramref name="Categories"/> is set; neither for text.</summary>
/// <param name="Present">Rows with a value.</param>
/// <param name="Missing">Rows without one.</param>
/// <param name="AucAlone">
/// How well the column alone tells the recorded class, direction removed, missing being a level of its own: 0.5 (nothing) to 1 (all); NaN for
/// text and where a class has no row.
/// </param>
/// <param name="ClassAssociation">
/// With the recorded class, 0 to 1: Cramér's V of a category, the correlation ratio of a number or date, over rows with a value; NaN where undefined.
/// </param>
public sealed record ColumnProfile(
    string Name,
    ColumnKind Kind,
    ClassCount Present,
    ClassCount Missing,
    double AucAlone,
    double ClassAssociation,
    NumberProfile? Numbers,
    CategoryProfile? Categories);

/// <summary>The values of a number or date column (days since 1970-01-01), missing ones left out.</summary>
/// <param name="Minimum">Exact, as <paramref name="Maximum"/> is; NaN without values.</param>
/// <param name="StandardDeviation">Of the population (divided by the count).</param>
/// <param name="Skewness">Third standardised moment; NaN without variation.</param>
/// <param name="DistinctCount">Different values; null where there are more than <see cref="DistinctLimit"/>.</param>
/// <param name="Zeros">Rows whose value is exactly 0.</param>
/// <param name="Negatives">Rows below 0.</param>
/// <param name="AreWhole">Every value is a whole number.</param>
/// <param name="All">Quantiles of all rows; of each class the other two.</param>
/// <param name="Outliers">
/// Rows beyond three interquartile ranges outside the quartiles, on the signed-log scale x → sign(x) ln(1 + |x|); none where the quartiles are equal.
/// </param>
/// <param name="Histogram">
/// At most 26 bins of readable edges that together hold every row with a value; the first and last may be open-ended tails, down to -∞ and up to ∞.
/// Whole numbers of a small range have a bin each, the last with an end of its own.
/// </param>
/// <param name="Tenths">Up to ten bins with alike many rows (equal values stay together): for the affluent share along the column.</param>
public sealed record NumberProfile(
    double Minimum,
    double Maximum,
    double Mean,
    double StandardDeviation,
    double Skewness,
    int? DistinctCount,
    ClassCount Zeros,
    ClassCount Negatives,
    bool AreWhole,
    Quantiles All,
    Quantiles Normal,
    Quantiles Affluent,
    ClassCount Outliers,
    IReadOnlyList<NumberBin> Histogram,
    IReadOnlyList<NumberBin> Tenths)
{
    public const int DistinctLimit = 1000;
}

/// <summary>Values below which 1, 5, 25, 50, 75, 95 and 99 % of the rows lie; exact where the column has at most <see cref="NumberProfile.DistinctLimit"/> different values, for dates and for whole numbers up to 256, else within 0.8 %. NaN without rows.</summary>
public readonly record struct Quantiles(double P01, double P05, double P25, double P50, double P75, double P95, double P99);

/// <summary>Rows with a value from <paramref name="From"/> (inclusive) up to <paramref name="To"/> (exclusive, but inclusive in the last bin).</summary>
public sealed record NumberBin(double From, double To, ClassCount Count);

/// <summary>The values of a category column, missing ones left out.</summary>
/// <param name="DistinctCount">Different values.</param>
/// <param name="Bars">
/// The most frequent, the most frequent first, ties by text; at most <see cref="BarLimit"/>, none with fewer rows than
/// <see cref="CustomerMap.LeastRows"/>: a rare value could name a person.
/// </param>
/// <param name="Others">Rows of all other values.</param>
public sealed record CategoryProfile(int DistinctCount, IReadOnlyList<CategoryBar> Bars, ClassCount Others)
{
    public const int BarLimit = 20;
}

public sealed record CategoryBar(string Value, ClassCount Count);

/// <summary>How two columns go together.</summary>
public enum AssociationMeasure
{
    /// <summary>Pearson's correlation of two numbers, -1 to 1.</summary>
    Pearson,

    /// <summary>Cramér's V of two categories, 0 to 1, without a correction.</summary>
    CramersV,

    /// <summary>The correlation ratio (eta) of a number given a category, 0 to 1.</summary>
    CorrelationRatio,
}

/// <summary>Each pair of columns, over rows where both have a value. A category's values beyond the 20 most frequent count together as one more value.</summary>
/// <param name="Names">At most <see cref="ColumnLimit"/> columns: those that tell most about the recorded class, in the file's order.</param>
/// <param name="Values">Names.Count x Names.Count, row-major, symmetric; 1 on the diagonal; NaN where undefined.</param>
/// <param name="Measures">As <paramref name="Values"/>.</param>
public sealed record AssociationMatrix(IReadOnlyList<string> Names, IReadOnlyList<double> Values, IReadOnlyList<AssociationMeasure> Measures)
{
    public const int ColumnLimit = 40;

    public double Value(int row, int column) => Values[(row * Names.Count) + column];
}

/// <summary>Customers' rows counted in the cells of a plane. Cells with fewer rows than <see cref="LeastRows"/> are left out and only counted together.</summary>
/// <param name="Width">Cells from left to right.</param>
/// <param name="Height">Cells from bottom to top.</param>
/// <param name="Cells">Filled cells.</param>
/// <param name="ThinRows">Rows in cells that are left out.</param>
/// <param name="Axes">What the two directions mean (principal components): the columns that pull most; empty for a self-organising map.</param>
/// <param name="Planes">The mean value of the most telling columns in each cell (self-organising map); empty for principal components.</param>
public sealed record CustomerMap(
    int Width, int Height, IReadOnlyList<MapCell> Cells, long ThinRows, IReadOnlyList<MapAxis> Axes, IReadOnlyList<MapPlane> Planes)
{
    public const int LeastRows = 5;
}

/// <param name="X">From 0, left to right.</param>
/// <param name="Y">From 0, bottom to top.</param>
public sealed record MapCell(int X, int Y, ClassCount Count);

/// <param name="ExplainedShare">Of the columns' whole variance, 0 to 1.</param>
/// <param name="Pulls">Columns by the size of their loading, the largest first, at most five; positive pulls right or up.</param>
public sealed record MapAxis(double ExplainedShare, IReadOnlyList<MapPull> Pulls);

/// <param name="Loading">
/// Size 0 to 1: of a number without missing values the correlation of its ranks with the axis, of a category the correlation ratio of the axis
/// given its values. The sign is the number's direction, or that of <paramref name="Value"/>.
/// </param>
/// <param name="Value">Of a category, the value that pulls most; null for a number or date, and where 'missing' pulls most.</param>
public sealed record MapPull(string Column, double Loading, string? Value = null);

/// <summary>
/// One number or date column's mean over the rows of each cell in <see cref="CustomerMap.Cells"/>, in their order; NaN where fewer rows than
/// <see cref="CustomerMap.LeastRows"/> have a value.
/// </summary>
public sealed record MapPlane(string Column, IReadOnlyList<double> Means);
