using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Contracts;

/// <summary>A target list as other modules see it.</summary>
/// <param name="IsBuilt">The workbook is there.</param>
/// <param name="Standing">Where a built list stands, a sentence.</param>
/// <param name="NextStep">What comes next for a built list, in words.</param>
/// <param name="Address">The page of that step.</param>
public sealed record TargetListSummary(
    Guid Id, Guid ModelRunId, string Name, bool IsBuilt, string CreatedByName, DateTime CreatedUtc, string Standing, string NextStep, string Address);

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
        await SummariesAsync(db.Set<TargetList>().OrderByDescending(list => list.CreatedUtc).Take(count), cancellation);

    /// <summary>All lists of these runs, the newest first.</summary>
    public async Task<IReadOnlyList<TargetListSummary>> OfRunsAsync(IReadOnlyList<Guid> runIds, CancellationToken cancellation = default) =>
        await SummariesAsync(db.Set<TargetList>().Where(list => runIds.Contains(list.ModelRunId)).OrderByDescending(list => list.CreatedUtc), cancellation);

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

    private async Task<IReadOnlyList<TargetListSummary>> SummariesAsync(IQueryable<TargetList> lists, CancellationToken cancellation)
    {
        var found = await lists.AsNoTracking().ToListAsync(cancellation);
        var ids = found.Select(list => list.Id).ToList();
        var measured = await db.Set<OutcomeUpload>().Where(upload => ids.Contains(upload.TargetListId) && upload.RecordedUtc != null).Select(upload => upload.TargetListId).ToListAsync(cancellation);
        return [.. found.Select(list => Summarise(list, measured.Contains(list.Id)))];
    }

    private static TargetListSummary Summarise(TargetList list, bool isMeasured)
    {
        var (standing, step, page) = list.Stage switch
        {
            ListStage.Draft => ("A draft.", "Look at it", ""),
            ListStage.InReview => ("Waits for somebody else's approval.", "Review it", "/review"),
            ListStage.Approved => ("Approved.", "Take it out", "/export"),
            ListStage.Exported when isMeasured => ("Its outcomes are in.", "See what it brought", "/results"),
            ListStage.Exported => ("It has left; its outcomes are not in yet.", "Send the outcomes", "/outcomes"),
            _ => ("Withdrawn.", "Look at it", ""),
        };
        return new(list.Id, list.ModelRunId, list.Name, list.WorkbookHash is not null, list.CreatedByName, list.CreatedUtc, standing, step, $"/lists/{list.Id}{page}");
    }
}
