using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Contracts;

/// <summary>A target list as other modules see it.</summary>
/// <param name="IsBuilt">The workbook is there.</param>
public sealed record TargetListSummary(Guid Id, Guid ModelRunId, string Name, bool IsBuilt, string CreatedByName, DateTime CreatedUtc);

/// <summary>The door to the target lists.</summary>
public sealed class TargetListCatalog(CampaignDbContext db)
{
    /// <summary>The newest lists, built or not.</summary>
    public async Task<IReadOnlyList<TargetListSummary>> NewestAsync(int count, CancellationToken cancellation = default) =>
        await Summaries(db.Set<TargetList>().OrderByDescending(list => list.CreatedUtc).Take(count)).ToListAsync(cancellation);

    /// <summary>All lists of these runs, the newest first.</summary>
    public async Task<IReadOnlyList<TargetListSummary>> OfRunsAsync(IReadOnlyList<Guid> runIds, CancellationToken cancellation = default) =>
        await Summaries(db.Set<TargetList>().Where(list => runIds.Contains(list.ModelRunId)).OrderByDescending(list => list.CreatedUtc)).ToListAsync(cancellation);

    private static IQueryable<TargetListSummary> Summaries(IQueryable<TargetList> lists) =>
        lists.Select(list => new TargetListSummary(list.Id, list.ModelRunId, list.Name, list.WorkbookHash != null, list.CreatedByName, list.CreatedUtc));
}
