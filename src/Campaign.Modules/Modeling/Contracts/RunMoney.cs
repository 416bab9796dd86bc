using System.Globalization;
using System.Text.Json.Serialization;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>What a person expects a campaign's contacts to bring and to cost: guesses, in the bank's own currency.</summary>
/// <param name="Currency">The person's short text for it, such as 'RM'.</param>
/// <param name="ValuePerConversion">Of one affluent customer who converts, 0 or more.</param>
/// <param name="CostPerContact">Of one contact, 0 or more.</param>
/// <param name="ResponseShare">Of the affluent customers contacted the share who convert, 0 to 1; contacted normals are taken to bring nothing.</param>
public sealed record RunMoney(string Currency, double ValuePerConversion, double CostPerContact, double ResponseShare, string SetByName, DateTime SetUtc)
{
    public const int LongestCurrency = 8;

    [JsonIgnore]
    public CampaignEconomics Economics => new(ValuePerConversion, CostPerContact, ResponseShare);

    /// <summary>The guesses in a sentence.</summary>
    [JsonIgnore]
    public string Sentence =>
        $"A converted affluent is worth {Exact(ValuePerConversion)}, a contact costs {Exact(CostPerContact)}, and {InWords.ShortPercent(ResponseShare)} of the affluents contacted convert.";

    /// <summary>An amount in whole units: 'RM 12,400', 'RM -310'.</summary>
    public string Amount(double amount) => $"{Currency} {Math.Round(amount).ToString("N0", CultureInfo.InvariantCulture)}";

    /// <summary>What is expected at a point, with the range that the estimate of the hidden affluents leaves: 'RM 500 (RM -20 to RM 900)'.</summary>
    public string Profit(ProfitPoint point) => $"{Amount(point.Profit)} ({Amount(point.ProfitRange.Low)} to {Amount(point.ProfitRange.High)})";

    private string Exact(double amount) => $"{Currency} {amount.ToString("#,0.##", CultureInfo.InvariantCulture)}";
}

/// <summary>The expected profit of a run by threshold, for one guess.</summary>
/// <param name="InForce">At the threshold in force; null without one.</param>
public sealed record RunProfit(RunMoney Money, ProfitCurve Curve, ProfitPoint? InForce)
{
    /// <param name="curve">The run's.</param>
    /// <param name="expected">The run's, one number a point.</param>
    /// <param name="inForce">Exact counts at the threshold in force; null without one.</param>
    public static RunProfit Of(ThresholdCurve curve, ExpectedAffluents expected, RunMoney money, ThresholdPoint? inForce) => new(
        money,
        ProfitCurve.Of(curve, expected, money.Economics),
        inForce is { } point ? ProfitCurve.At(curve, expected, money.Economics, point) : null);

    /// <summary>The most profitable threshold in a sentence.</summary>
    public string BestInWords => Curve.Best is { } best
        ? $"Most profitable by this guess: cut-off {InWords.Score(best.Score)}, {InWords.Count(best.Contacts, "customer")}, expected profit {Money.Profit(best)}."
        : "By this guess no list is expected to bring in more than it costs.";

    /// <summary>From which share of affluents a contact pays, in a sentence.</summary>
    public string BreakEvenInWords => Curve.BreakEvenShare switch
    {
        double.NaN => "Nothing is gained and nothing spent.",
        0 => "Contacts cost nothing, so every one pays.",
        > 1 => "No contact pays for itself, even if everyone contacted were affluent.",
        var share => $"A contact pays for itself where at least {InWords.ShortPercent(share)} of those contacted are affluent.",
    };

    /// <summary>The profit at the threshold in force, in a sentence; empty without one.</summary>
    public string InForceInWords => InForce is { } point
        ? $"At the cut-off in force, {InWords.Score(point.Score)}: {InWords.Count(point.Contacts, "customer")}, expected profit {Money.Profit(point)}."
        : "";
}
