using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.Governance;

/// <summary>
/// What happened around one model run: what came in, what was done, by whom, and whether the trail of it is untouched. The record first, the
/// document (<see cref="AuditReportPdf"/>) second. A comment on a field is the question that it answers.
/// </summary>
/// <param name="ModelName">Which run is this about?</param>
/// <param name="Review">Approved by whom, or not independently reviewed?</param>
/// <param name="GeneratedUtc">When was this report made?</param>
/// <param name="Trail">Is the audit trail untouched?</param>
/// <param name="Data">What was received?</param>
/// <param name="Training">What was done with it?</param>
/// <param name="Entries">Who did what, in the trail's words, oldest first?</param>
public sealed record AuditReport(
    string ModelName, Guid RunId, string Review, DateTime GeneratedUtc, string AppVersion, ReportTrail Trail, ReportData Data, ReportTraining Training,
    IReadOnlyList<ReportEntry> Entries)
{
    /// <summary>Which models are registered, in use, in development or retired?</summary>
    public IReadOnlyList<ReportModel> Models { get; init; } = [];
}

/// <param name="Stage">In words.</param>
/// <param name="ApprovedBy">Null until it is approved; says so where it was the person who made it.</param>
public sealed record ReportModel(string Name, string Stage, string RegisteredBy, DateTime RegisteredUtc, string? ApprovedBy);

/// <param name="EntryCount">How many entries were recomputed?</param>
/// <param name="FirstBreak">Where is it broken? Null: it is whole.</param>
public sealed record ReportTrail(long EntryCount, string? FirstBreak);

/// <param name="KeptRowCount">Rows that were taken in.</param>
/// <param name="RejectedRowCount">Rows that were left out.</param>
public sealed record ReportData(
    string FileName, string Fingerprint, long ByteCount, string ReadAs, string ReceivedFrom, DateTime ReceivedUtc, int KeptRowCount, int RejectedRowCount);

/// <param name="Threshold">In force, 0 to 1; null where none is set.</param>
/// <param name="ThresholdInWords">How was it chosen?</param>
public sealed record ReportTraining(
    string StartedBy, DateTime RequestedUtc, DateTime? CompletedUtc, int Seed, bool Quick, string Algorithm, int TreeCount, string ModelHash, IReadOnlyDictionary<string, string> ModelFiles,
    double? Threshold, string ThresholdInWords, IReadOnlyDictionary<string, string> Versions, IReadOnlyList<StageTime> Stages, long PeakMemoryBytes);

/// <param name="Details">Ids, counts and settings as JSON; null where there are none. Never personal data of customers.</param>
public sealed record ReportEntry(long Sequence, DateTime Utc, string Who, string Action, string Subject, string? Details);
