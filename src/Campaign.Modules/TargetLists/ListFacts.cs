namespace Campaign.Modules.TargetLists;

/// <summary>What the Read me sheet says about a list beside its counts.</summary>
/// <param name="ListId">Short and stable, on every row, so that an answer finds its list again.</param>
/// <param name="Owner">Who made the list.</param>
/// <param name="Approver">Who approved it; null for 'not independently reviewed'.</param>
/// <param name="ValidUntilUtc">The last day on which customers may be contacted by this list.</param>
/// <param name="Model">The model run's name.</param>
/// <param name="ModelVersion">What tells this run from others: its id or a short form of it.</param>
/// <param name="Threshold">0 to 1; customers at or above it are candidates.</param>
/// <param name="ThresholdReason">How the threshold was chosen, in words; the recall promise with its count of known affluents where it keeps one.</param>
/// <param name="FileName">The data file as the person knows it.</param>
/// <param name="FileReceivedUtc">When the data file was taken in.</param>
/// <param name="Fingerprint">SHA-256 of the data file, hex.</param>
/// <param name="Definition">What the list asks.</param>
/// <param name="Contact">Whom to ask; null where nobody is named.</param>
public sealed record ListFacts(
    string ListId,
    string Name,
    string Purpose,
    string Owner,
    string? Approver,
    DateTime CreatedUtc,
    DateTime ValidUntilUtc,
    string Model,
    string ModelVersion,
    double Threshold,
    string ThresholdReason,
    string FileName,
    DateTime FileReceivedUtc,
    string Fingerprint,
    ListDefinition Definition,
    string? Contact)
{
    /// <summary>How long a list is good for where nobody says otherwise.</summary>
    public const int DefaultValidDays = 14;

    public const int LongestValidDays = 90;

    /// <summary>The list's id in short: TL- and its last eight hex digits. The first ones are the time: lists made in the same minute share them.</summary>
    public static string ShortId(Guid targetListId) => "TL-" + targetListId.ToString("N")[^8..].ToUpperInvariant();
}
