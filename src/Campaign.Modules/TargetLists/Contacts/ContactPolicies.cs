using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>The limits of contacts that are in force.</summary>
/// <param name="SetBy">In words: who set them, when and why.</param>
/// <param name="Version">Counts edits; a form keeps the number that it was opened with.</param>
public sealed record ContactCapsInForce(ContactCaps Caps, string SetBy, int Version);

/// <summary>Reads and sets how often a customer may be contacted.</summary>
public sealed class ContactPolicies(CampaignDbContext db, AuditTrail trail, TimeProvider clock)
{
    public const int LongestReason = 500;

    private const string Subject = "contact-policy:1";

    public async Task<ContactCapsInForce> InForceAsync(CancellationToken cancellation = default)
    {
        var policy = await db.Set<ContactPolicy>().AsNoTracking().SingleAsync(cancellation);
        return new ContactCapsInForce(
            policy.Caps,
            policy.SetUtc is { } set ? $"set by {policy.SetByName}, {InWords.When(set)}: {policy.Reason}" : "Campaign's own; compliance has not set any",
            policy.Version);
    }

    /// <param name="version">The limits' version when the person opened the form.</param>
    /// <exception cref="RefusedException">A limit is out of range, there is no reason, or somebody else has set them since.</exception>
    public async Task SetAsync(ContactCaps caps, string reason, int version, Actor actor, CancellationToken cancellation = default)
    {
        if (!caps.IsValid)
        {
            throw new RefusedException(
                $"The period must be 1 to {ContactCaps.LongestPeriodDays} days, and each limit at least 1 contact: leave a limit empty where the channel is not limited.");
        }

        reason = reason.Trim();
        if (reason.Length is 0 or > LongestReason)
        {
            throw new RefusedException($"Give the reason, in at most {LongestReason} characters: it goes into the audit trail.");
        }

        var policy = await db.Set<ContactPolicy>().SingleAsync(cancellation);
        if (policy.Version != version)
        {
            throw ChangedMeanwhile();
        }

        trail.Append(db, actor, AuditActions.ContactPolicySet, Subject, new { before = policy.Caps, after = caps, reason });
        (policy.PeriodDays, policy.MostEmail, policy.MostSms, policy.MostCall, policy.MostPost) = (caps.PeriodDays, caps.Email, caps.Sms, caps.Call, caps.Post);
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
