using System.Text.Json.Serialization;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Modules.Governance;

namespace Campaign.Web.CommandLine;

/// <summary>The <c>fairness</c> of <c>run.json</c>; names as in the file. By row and recorded class at the threshold.</summary>
/// <param name="LimitsSetBy">Who set them, when and why, in words.</param>
/// <param name="Columns">One for each sensitive column; none: no column was named or recognised as sensitive.</param>
public sealed record FairnessReport(
    [property: JsonPropertyName("limits")] FairnessLimitsReport Limits,
    [property: JsonPropertyName("limits_set_by")] string LimitsSetBy,
    [property: JsonPropertyName("columns")] IReadOnlyList<ColumnFairnessReport> Columns)
{
    public static FairnessReport Of(RunFairness fairness)
    {
        var limits = fairness.Limits.Limits;
        return new(
            new(limits.MostGap, limits.LeastRatio, limits.LeastAffluent, limits.Confidence),
            fairness.Limits.SetBy,
            [.. fairness.Columns.Select(ColumnFairnessReport.Of)]);
    }
}

public sealed record FairnessLimitsReport(
    [property: JsonPropertyName("most_gap")] double MostGap,
    [property: JsonPropertyName("least_ratio")] double LeastRatio,
    [property: JsonPropertyName("least_affluent")] int LeastAffluent,
    [property: JsonPropertyName("confidence")] double Confidence);

/// <param name="Verdict">Of the column's three rates and two limits together: inside, outside or cannot tell.</param>
public sealed record ColumnFairnessReport(
    [property: JsonPropertyName("column")] string Column,
    [property: JsonPropertyName("trained_on")] bool IsTrainedOn,
    [property: JsonPropertyName("verdict")] string Verdict,
    [property: JsonPropertyName("selection_rate")] GapReport SelectionRate,
    [property: JsonPropertyName("recall")] GapReport Recall,
    [property: JsonPropertyName("precision")] GapReport Precision,
    [property: JsonPropertyName("groups")] IReadOnlyList<GroupReport> Groups)
{
    internal static ColumnFairnessReport Of(ColumnFairness column)
    {
        var table = column.Table;
        return new(
            column.Column, column.IsTrainedOn, FairnessInWords.Verdict(table.Verdict),
            GapReport.Of(table.SelectionRate), GapReport.Of(table.Recall), GapReport.Of(table.Precision),
            [.. table.Groups.Select(GroupReport.Of)]);
    }
}

/// <param name="Gap">Highest less lowest rate; null where fewer than two groups can be judged.</param>
/// <param name="GapInterval">95 %, of the largest true gap.</param>
/// <param name="Ratio">Lowest over highest rate; null likewise, and where all are 0.</param>
public sealed record GapReport(
    [property: JsonPropertyName("highest")] string? Highest,
    [property: JsonPropertyName("lowest")] string? Lowest,
    [property: JsonPropertyName("gap")] double? Gap,
    [property: JsonPropertyName("gap_interval")] IReadOnlyList<double>? GapInterval,
    [property: JsonPropertyName("gap_verdict")] string GapVerdict,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("ratio_interval")] IReadOnlyList<double>? RatioInterval,
    [property: JsonPropertyName("ratio_verdict")] string RatioVerdict)
{
    internal static GapReport Of(RateGap gap) => new(
        gap.Highest, gap.Lowest,
        double.IsNaN(gap.Gap) ? null : gap.Gap, Ends(gap.GapInterval), FairnessInWords.Verdict(gap.GapVerdict),
        double.IsNaN(gap.Ratio) ? null : gap.Ratio, Ends(gap.RatioInterval), FairnessInWords.Verdict(gap.RatioVerdict));

    private static double[]? Ends(Interval interval) => interval.IsDefined ? [interval.Low, interval.High] : null;
}

/// <param name="Rows">Null: fewer than five rows, so no figures.</param>
/// <param name="Judged">False: cannot tell, too few recorded affluents.</param>
public sealed record GroupReport(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("rows")] long? Rows,
    [property: JsonPropertyName("recorded_affluent")] long? RecordedAffluent,
    [property: JsonPropertyName("selected")] long? Selected,
    [property: JsonPropertyName("judged")] bool Judged,
    [property: JsonPropertyName("selection_rate")] GroupRateReport? SelectionRate,
    [property: JsonPropertyName("recall")] GroupRateReport? Recall,
    [property: JsonPropertyName("precision")] GroupRateReport? Precision)
{
    internal static GroupReport Of(GroupRates group) => new(
        group.Group,
        group.HasFigures ? group.SelectionRate.OutOf : null, group.HasFigures ? group.Recall.OutOf : null, group.HasFigures ? group.SelectionRate.Count : null,
        group.Judged,
        GroupRateReport.Of(group.SelectionRate, group.SelectionInterval),
        GroupRateReport.Of(group.Recall, group.RecallInterval),
        GroupRateReport.Of(group.Precision, group.PrecisionInterval));
}

/// <param name="Interval">Wilson's, 95 %.</param>
public sealed record GroupRateReport(
    [property: JsonPropertyName("share")] double Share, [property: JsonPropertyName("interval")] IReadOnlyList<double> Interval)
{
    /// <returns>Null where the rate is undefined.</returns>
    internal static GroupRateReport? Of(Rate rate, WilsonInterval interval) => rate.IsDefined ? new(rate.Share, [interval.Low, interval.High]) : null;
}
