using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>What every change of a target list does alike: a line of its history, and a save that two people can't both make.</summary>
internal static class ListHistory
{
    /// <summary>Characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>Of a list that is already as the act leaves it.</summary>
    public static TargetListEntry Entry(TargetList list, ListAct act, ListStage? from, string reason, Actor actor, DateTime utc) => new()
    {
        TargetListId = list.Id,
        Number = list.Version,
        Act = act,
        FromStage = from,
        ToStage = list.Stage,
        Reason = reason,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Utc = utc,
    };

    /// <summary>
    /// Somebody else's save between our read and our write is told, not overwritten. It shows as the list's number, or as a history entry with
    /// the number that ours was to have.
    /// </summary>
    public static async Task SavingAsync(CampaignDbContext db, TargetList list, Func<Task> save)
    {
        try
        {
            await save();
        }
        catch (DbUpdateException fault) when (
            fault is DbUpdateConcurrencyException || db.Set<TargetList>().AsNoTracking().Any(one => one.Id == list.Id && one.Version >= list.Version))
        {
            throw ChangedMeanwhile();
        }
    }

    public static RefusedException ChangedMeanwhile() =>
        new("Somebody else has changed this list since you opened the page. Look at what they did, then decide again.");

    public static string Written(string? reason)
    {
        var written = (reason ?? "").Trim();
        return written.Length is >= 1 and <= LongestReason
            ? written
            : throw new RefusedException($"The reason has 1 to {InWords.Count(LongestReason)} characters; this one has {InWords.Count(written.Length)}.");
    }
}
