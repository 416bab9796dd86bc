using System.Globalization;
using Campaign.Learning.Metrics;

namespace Campaign.Learning.Uplift;

/// <summary>
/// What a campaign brought beyond what would have happened anyway: responses of the customers to contact against those of the control group,
/// each kept in the group that it was drawn into, whatever was done with it (intention to treat).
/// </summary>
/// <param name="Target">Of the customers to contact whose outcome is known, those who responded.</param>
/// <param name="Control">Of the control customers whose outcome is known, those who responded.</param>
/// <param name="Difference">Target less control, -1 to 1, weighted by the target customers of each stratum; NaN where a group is empty.</param>
/// <param name="Interval">95 %; undefined likewise.</param>
/// <param name="StratumCount">Parts that the difference was taken in; 0 where it is undefined, 1 for the groups as a whole.</param>
public sealed record UpliftEstimate(Rate Target, Rate Control, double Difference, Interval Interval, int StratumCount)
{
    public bool IsMeasured => Interval.IsDefined;

    /// <summary>The interval does not hold 0.</summary>
    public bool IsTold => IsMeasured && !Interval.Holds(0);

    /// <summary>Responses beyond those without the campaign, of the target customers whose outcome is known; may be negative.</summary>
    public double ExtraResponses => Difference * Target.OutOf;

    public Interval ExtraInterval => new(Interval.Low * Target.OutOf, Interval.High * Target.OutOf);

    /// <param name="noun">What a response is, in the plural: 'upgrades'.</param>
    public string Sentence(string noun)
    {
        if (!IsMeasured)
        {
            return Target.OutOf == 0
                ? "The effect can't be known: no outcome of a customer to contact is known."
                : "The effect can't be known: no outcome of the control group is known, so nobody can say what would have happened without the campaign.";
        }

        var (low, high) = ((long)Math.Round(ExtraInterval.Low), (long)Math.Round(ExtraInterval.High));
        return IsTold switch
        {
            true when Interval.Low > 0 => string.Create(CultureInfo.InvariantCulture, $"Between {low:N0} and {high:N0} more {noun} than doing nothing."),
            true => string.Create(CultureInfo.InvariantCulture, $"Between {-high:N0} and {-low:N0} fewer {noun} than doing nothing."),
            false => string.Create(CultureInfo.InvariantCulture, $"Can't tell from doing nothing: between {-low:N0} fewer and {high:N0} more {noun}."),
        };
    }

    /// <summary>Value of the extra responses less the cost of the contacts, in the person's currency; NaN where the effect is not measured.</summary>
    /// <param name="valuePerResponse">0 or more.</param>
    /// <param name="costPerContact">0 or more.</param>
    /// <param name="contacts">Paid for, 0 or more.</param>
    /// <returns>The interval is of the effect alone: value and cost are taken as given.</returns>
    public (double Profit, Interval Interval) Profit(double valuePerResponse, double costPerContact, long contacts)
    {
        var cost = costPerContact * contacts;
        return ((valuePerResponse * ExtraResponses) - cost, new Interval((valuePerResponse * ExtraInterval.Low) - cost, (valuePerResponse * ExtraInterval.High) - cost));
    }

    /// <summary>
    /// Without strata the interval is Newcombe's hybrid score (1998). With strata each is weighted by its target customers, by
    /// <see cref="StratifiedDifference"/>; a stratum without customers of one group is taken together with the next, the last with the one before.
    /// </summary>
    /// <param name="strata">As the control group was drawn, neighbours alike; one for a draw without strata.</param>
    public static UpliftEstimate Of(IReadOnlyList<UpliftStratum> strata)
    {
        var target = Sum(strata.Select(stratum => stratum.Target));
        var control = Sum(strata.Select(stratum => stratum.Control));
        if (!target.IsDefined || !control.IsDefined)
        {
            return new UpliftEstimate(target, control, double.NaN, Interval.Undefined, 0);
        }

        var whole = Whole(strata);
        if (whole.Count == 1)
        {
            return new UpliftEstimate(target, control, target.Share - control.Share, RateComparison.Difference(target, control), 1);
        }

        var (difference, interval) = StratifiedDifference.Of(whole);
        return new UpliftEstimate(target, control, difference, interval, whole.Count);
    }

    /// <summary>Every stratum with customers of both groups.</summary>
    private static List<UpliftStratum> Whole(IReadOnlyList<UpliftStratum> strata)
    {
        List<UpliftStratum> whole = [];
        UpliftStratum open = default;
        foreach (var stratum in strata)
        {
            open = Together(open, stratum);
            if (open.Target.IsDefined && open.Control.IsDefined)
            {
                whole.Add(open);
                open = default;
            }
        }

        whole[^1] = Together(whole[^1], open);
        return whole;
    }

    private static UpliftStratum Together(UpliftStratum first, UpliftStratum second) =>
        new(Sum([first.Target, second.Target]), Sum([first.Control, second.Control]));

    private static Rate Sum(IEnumerable<Rate> rates) => rates.Aggregate(default(Rate), (sum, rate) => new Rate(sum.Count + rate.Count, sum.OutOf + rate.OutOf));
}
