using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Contracts;

/// <summary>A target list as other modules see it.</summary>
/// <param name="IsBuilt">The workbook is there.</param>
public sealed record TargetListSummary(Guid Id, Guid ModelRunId, string Name, bool IsBuilt, string CreatedByName, DateTime CreatedUtc);

/// <summary>Outcomes that were recorded for a list.</summary>
/// <param name="Responses">Customers with a success, contacted or kept back.</param>
/// <param name="SupersedesId">The upload that counted before; null for the first.</param>
public sealed record RecordedOutcomes(
    Guid Id, Guid TargetListId, string Fingerprint, string OutcomesHash, int TargetKnown, int ControlKnown, int Responses, string RecordedByName, DateTime RecordedUtc, Guid? SupersedesId);

/// <summary>The door to the target lists.</summary>
public sealed class TargetListCatalog(CampaignDbContext db)
{
    /// <summary>The newest lists, built or not.</summary>
    public async Task<IReadOnlyList<TargetListSummary>> NewestAsync(int count, CancellationToken cancellation = default) =>
        await Summaries(db.Set<TargetList>().OrderByDescending(list => list.CreatedUtc).Take(count)).ToListAsync(cancellation);

    /// <summary>All lists of these runs, the newest first.</summary>
    public async Task<IReadOnlyList<TargetListSummary>> OfRunsAsync(IReadOnlyList<Guid> runIds, CancellationToken cancellation = default) =>
        await Summaries(db.Set<TargetList>().Where(list => runIds.Contains(list.ModelRunId)).OrderByDescending(list => list.CreatedUtc)).ToListAsync(cancellation);

    /// <summary>The recorded outcomes of these lists, the latest first: of each list that one counts.</summary>
    public async Task<IReadOnlyList<RecordedOutcomes>> OutcomesOfAsync(IReadOnlyList<Guid> listIds, CancellationToken cancellation = default) =>
    [
        .. (await db.Set<OutcomeUpload>().AsNoTracking()
            .Where(upload => listIds.Contains(upload.TargetListId) && upload.RecordedUtc != null).OrderByDescending(upload => upload.RecordedUtc).ToListAsync(cancellation))
            .Select(upload => (Upload: upload, Counts: upload.ReadCounts()!))
            .Select(one => new RecordedOutcomes(
                one.Upload.Id, one.Upload.TargetListId, one.Upload.Fingerprint, one.Upload.OutcomesHash!, one.Counts.TargetKnown, one.Counts.ControlKnown,
                one.Counts.TargetResponses + one.Counts.ControlResponses, one.Upload.RecordedByName!, one.Upload.RecordedUtc!.Value, one.Upload.SupersedesId)),
    ];

    private static IQueryable<TargetListSummary> Summaries(IQueryable<TargetList> lists) =>
        lists.Select(list => new TargetListSummary(list.Id, list.ModelRunId, list.Name, list.WorkbookHash != null, list.CreatedByName, list.CreatedUtc));
}
