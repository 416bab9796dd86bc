namespace Campaign.Learning.Metrics;

/// <summary>
/// How many times denser some members are in a group than in all: their share in the group over their share in all. The interval by the
/// delta method on the logarithm, with the four cells (in the group or not, such a member or not) drawn together: the group is a part of all.
/// </summary>
/// <param name="Lift">0 and above; NaN where the group or the members are none.</param>
/// <param name="Interval">95 %, two-sided; undefined where the lift is, or where no such member is in the group.</param>
public readonly record struct GroupLift(double Lift, Interval Interval)
{
    /// <param name="both">Such members in the group.</param>
    /// <param name="group">All of the group.</param>
    /// <param name="members">All such members.</param>
    /// <param name="all">Everybody.</param>
    public static GroupLift Of(long both, long group, long members, long all)
    {
        if (group == 0 || members == 0)
        {
            return new GroupLift(double.NaN, Interval.Undefined);
        }

        var lift = (double)both * all / ((double)group * members);
        if (both == 0)
        {
            return new GroupLift(lift, Interval.Undefined);
        }

        // var(ln lift) = (1/p_both - 1/p_group - 1/p_members + 2 lift - 1) / n; below 0 only by rounding.
        var variance = (1.0 / both) - (1.0 / group) - (1.0 / members) + (((2 * lift) - 1) / all);
        var half = Math.Exp(NormalQuantile.TwoSided(0.95) * Math.Sqrt(Math.Max(0, variance)));
        return new GroupLift(lift, new Interval(lift / half, lift * half));
    }
}
