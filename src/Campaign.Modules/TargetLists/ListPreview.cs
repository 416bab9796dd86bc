using Campaign.Learning.Uplift;

namespace Campaign.Modules.TargetLists;

/// <summary>What a list would be, before it is saved.</summary>
/// <param name="Refusal">Why it can't be made as asked; null where it can.</param>
/// <param name="Counts">Null where it can't be made.</param>
/// <param name="Effect">What the campaign could show; null where it can't be made, or the two response guesses are not in order.</param>
public sealed record ListPreview(string? Refusal, ListCounts? Counts, DetectableEffect? Effect)
{
    public static ListPreview Refused(string why) => new(why, null, null);

    public static ListPreview Of(ListCounts counts, ListDefinition definition) => new(
        null, counts,
        definition.HopedResponseShare > definition.BaseResponseShare
            ? new DetectableEffect(counts.ToContact, counts.Control, definition.BaseResponseShare, definition.HopedResponseShare)
            : null);
}
