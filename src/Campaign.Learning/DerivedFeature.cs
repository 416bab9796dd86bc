using System.Text.Json.Serialization;
using Campaign.Learning.Columns;

namespace Campaign.Learning;

/// <summary>How a derived feature is computed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DerivedFormula>))]
public enum DerivedFormula
{
    /// <summary>One number over another.</summary>
    Ratio,

    /// <summary>Whole days from a date to the reference day.</summary>
    DaysSince,

    /// <summary>Years of 365.25 days from a date to the reference day: ages.</summary>
    YearsSince,
}

/// <summary>
/// A feature that the file does not hold but its columns give. Computed row by row in single precision, by this code in training and in
/// scoring; NaN is undefined, and counts as missing.
/// </summary>
/// <param name="Name">As the models and the reasons know it; unique among a model's features.</param>
/// <param name="Column">A number, the numerator; for the times since, a date.</param>
/// <param name="Denominator">A number; null for the times since.</param>
public sealed record DerivedFeature(string Name, DerivedFormula Formula, string Column, string? Denominator = null)
{
    private const float DaysPerYear = 365.25f;

    /// <summary>The columns it is computed from, and the kind they must have.</summary>
    [JsonIgnore]
    public IEnumerable<string> Inputs => Denominator is null ? [Column] : [Column, Denominator];

    [JsonIgnore]
    public ColumnKind InputKind => IsRatio ? ColumnKind.Number : ColumnKind.Date;

    [JsonIgnore]
    public bool IsRatio => Formula == DerivedFormula.Ratio;

    /// <summary>The formula in words.</summary>
    [JsonIgnore]
    public string Meaning => Formula switch
    {
        DerivedFormula.Ratio => $"{Column} divided by {Denominator}",
        DerivedFormula.DaysSince => $"days from {Column} to the file's reference day",
        _ => $"years from {Column} to the file's reference day",
    };

    public static DerivedFeature Ratio(string numerator, string denominator) =>
        new($"{numerator} / {denominator}", DerivedFormula.Ratio, numerator, denominator);

    public static DerivedFeature DaysSince(string date) => new($"days since {date}", DerivedFormula.DaysSince, date);

    public static DerivedFeature YearsSince(string date) => new($"years since {date}", DerivedFormula.YearsSince, date);

    /// <summary>
    /// The day that times are counted to: recency is relative to the day a file was drawn, which the file itself tells. It is the latest day,
    /// <paramref name="notAfter"/> included, in the date columns of the features that count days; birth dates don't tell it. Where none of
    /// these holds such a day, <paramref name="notAfter"/> itself.
    /// </summary>
    /// <param name="derived">Of the model; columns that the file lacks are passed over.</param>
    /// <param name="notAfter">Later days lie in the future, or stand for 'never' (9999-12-31).</param>
    /// <returns>Null where no feature counts time.</returns>
    public static DateOnly? ReferenceDay(ColumnTable table, IEnumerable<DerivedFeature> derived, DateOnly notAfter)
    {
        DerivedFeature[] times = [.. derived.Where(feature => !feature.IsRatio)];
        if (times.Length == 0)
        {
            return null;
        }

        var limit = ColumnTable.DateNumber(notAfter);
        var latest = float.NegativeInfinity;
        foreach (var feature in times.Where(feature => feature.Formula == DerivedFormula.DaysSince))
        {
            var column = table.IndexOf(feature.Column);
            if (column >= 0 && table.Columns[column].Kind == ColumnKind.Date)
            {
                foreach (var day in table.Numbers(column))
                {
                    latest = day <= limit && day > latest ? day : latest;
                }
            }
        }

        return float.IsFinite(latest) ? notAfter.AddDays((int)(latest - limit)) : notAfter;
    }

    /// <summary>NaN where either is missing or the denominator is not above 0: a share of no limit, or of a negative income, means nothing.</summary>
    internal static float RatioOf(float numerator, float denominator) => denominator > 0 ? numerator / denominator : float.NaN;

    /// <summary>NaN where the date is missing or later than the reference day: it has not happened yet.</summary>
    /// <param name="day">Days since 1970-01-01, as <paramref name="referenceDay"/>.</param>
    internal float TimeSince(float day, float referenceDay)
    {
        var days = day <= referenceDay ? referenceDay - day : float.NaN;
        return Formula == DerivedFormula.YearsSince ? days / DaysPerYear : days;
    }
}
