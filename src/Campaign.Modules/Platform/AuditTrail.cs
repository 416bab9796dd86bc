using System.Text.Json;

namespace Campaign.Modules.Platform;

/// <summary>
/// The append-only, keyed, hash-chained record of who did what. <see cref="Append"/> adds the entry to the unit of work that it describes:
/// the entry is sealed (sequence, previous hash, keyed hash) and saved in the same transaction by the context's SaveChanges.
/// </summary>
public sealed class AuditTrail(TimeProvider clock)
{
    private static long _unsealedCount;

    /// <param name="action">A short verb phrase from <see cref="AuditActions"/>.</param>
    /// <param name="subject">What it was done to, as <c>kind:id</c>, for example <c>dataset:3f…</c>.</param>
    /// <param name="details">Ids, counts, settings, and before/after values; never personal data. Kept as JSON.</param>
    public void Append(CampaignDbContext db, Actor actor, string action, string subject, object? details = null) => db.AuditEntries.Add(new AuditEntry
    {
        // Until it is sealed, a negative number of its own keeps two entries of one unit of work apart.
        Sequence = -Interlocked.Increment(ref _unsealedCount),
        Utc = clock.GetUtcNow().UtcDateTime,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Action = action,
        Subject = subject,
        DetailsJson = details is null ? null : JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
    });
}

/// <summary>The actions that the trail records.</summary>
public static class AuditActions
{
    /// <summary>Every action, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AuditActions).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];

    public const string FileReceived = "file received";
    public const string FileDiscarded = "file discarded";
    public const string DatasetUploaded = "dataset uploaded";
    public const string DatasetRefused = "dataset refused";
    public const string DatasetDeleted = "dataset deleted";
    public const string ColumnsConfirmed = "columns confirmed";
    public const string TrainingQueued = "training queued";
    public const string TrainingFinished = "training finished";
    public const string TrainingFailed = "training failed";
    public const string TrainingCancelled = "training cancelled";
    public const string ThresholdSet = "threshold set";
    public const string MoneySet = "money set";
    public const string FairnessLimitsSet = "fairness limits set";
    public const string NoteAdded = "note added";
    public const string TagAdded = "tag added";
    public const string TagRemoved = "tag removed";
    public const string ModelRegistered = "model registered";
    public const string ModelStageSet = "model stage set";
    public const string ChampionSet = "champion set";
    public const string SegmentSaved = "segment saved";
    public const string SegmentChanged = "segment changed";
    public const string SegmentDeleted = "segment deleted";
    public const string ListRequested = "list requested";
    public const string ListEdited = "list edited";
    public const string ListBuilt = "list built";
    public const string SuppressionReceived = "suppression received";
    public const string SuppressionRefused = "suppression refused";
    public const string SuppressionDiscarded = "suppression discarded";
    public const string SuppressionInForce = "suppression in force";
    public const string SuppressionEnded = "suppression ended";
    public const string ContactPolicySet = "contact policy set";
    public const string ListStageSet = "list stage set";
    public const string OutcomesReceived = "outcomes received";
    public const string OutcomesRefused = "outcomes refused";
    public const string OutcomesDiscarded = "outcomes discarded";
    public const string OutcomesRecorded = "outcomes recorded";
    public const string OutcomesAsLabels = "outcomes taken as labels";
    public const string Downloaded = "downloaded";
    public const string CustomerLookedAt = "customer looked at";
    public const string JobFailed = "job failed";
    public const string JobCancelled = "job cancelled";
    public const string CancelRequested = "cancel requested";
    public const string SignedIn = "signed in";
    public const string SignedOut = "signed out";
    public const string SignInFailed = "sign-in failed";
    public const string PersonAdded = "person added";
    public const string PersonDisabled = "person disabled";
    public const string PersonEnabled = "person enabled";
    public const string PasswordSet = "password set";
    public const string RolesChanged = "roles changed";
    public const string AccessRefused = "access refused";
}
