using Campaign.Learning;
using Campaign.Learning.Fairness;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Governance;

/// <summary>The limits between groups that are in force.</summary>
/// <param name="SetBy">In words: who set them, when and why.</param>
/// <param name="Version">Counts edits; a form keeps the number that it was opened with.</param>
public sealed record FairnessLimitsInForce(FairnessLimits Limits, string SetBy, int Version);

/// <summary>Reads and sets what the bank allows between groups.</summary>
public sealed class FairnessPolicies(CampaignDbContext db, AuditTrail trail, TimeProvider clock)
{
    public const int LongestReason = 500;

    private const string Subject = "fairness-limits:1";

    public async Task<FairnessLimitsInForce> InForceAsync(CancellationToken cancellation = default)
    {
        var policy = await db.Set<FairnessPolicy>().AsNoTracking().SingleAsync(cancellation);
        return new FairnessLimitsInForce(
            policy.Limits,
            policy.SetUtc is { } set ? $"set by {policy.SetByName}, {InWords.When(set)}: {policy.Reason}" : "Campaign's own; compliance has not set any",
            policy.Version);
    }

    /// <param name="version">The limits' version when the person opened the form.</param>
    /// <exception cref="RefusedException">A limit is out of range, there is no reason, or somebody else has set them since.</exception>
    public async Task SetAsync(FairnessLimits limits, string reason, int version, Actor actor, CancellationToken cancellation = default)
    {
        if (limits.MostGap is not (>= 0 and <= 1) || limits.LeastRatio is not (>= 0 and <= 1))
        {
            throw new RefusedException("The gap and the ratio must each lie between 0 and 100 %.");
        }

        if (limits.LeastAffluent < GroupRates.LeastRows)
        {
            throw new RefusedException($"The smallest group to be judged must have at least {GroupRates.LeastRows} recorded affluents.");
        }

        reason = reason.Trim();
        if (reason.Length is 0 or > LongestReason)
        {
            throw new RefusedException($"Give the reason, in at most {LongestReason} characters: it goes into the audit trail.");
        }

        var policy = await db.Set<FairnessPolicy>().SingleAsync(cancellation);
        if (policy.Version != version)
        {
            throw ChangedMeanwhile();
        }

        trail.Append(db, actor, AuditActions.FairnessLimitsSet, Subject, new
        {
            before = new { policy.MostGap, policy.LeastRatio, policy.LeastAffluent },
            after = new { limits.MostGap, limits.LeastRatio, limits.LeastAffluent },
            reason,
        });
        (policy.MostGap, policy.LeastRatio, policy.LeastAffluent) = (limits.MostGap, limits.LeastRatio, limits.LeastAffluent);
        (policy.Reason, policy.SetByName, policy.SetUtc) = (reason, actor.Name, clock.GetUtcNow().UtcDateTime);
        policy.Version++;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other save came between our read and our write.
            throw ChangedMeanwhile();
        }
    }

    private static RefusedException ChangedMeanwhile() => new("Somebody else has set the limits since you opened this page. Look at theirs, then set yours.");
}
