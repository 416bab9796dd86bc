using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>A do-not-contact list with what it reaches.</summary>
/// <param name="Reach">Null where there is no customer file yet, or the ids can't be read.</param>
/// <param name="Fault">Why the ids can't be read; null where they can.</param>
public sealed record SuppressionRow(SuppressionList List, SuppressionReach? Reach, string? Fault);

/// <summary>The do-not-contact lists: in force, waiting, ended.</summary>
[Authorize(Policy = Access.Read)]
public sealed class IndexModel(SuppressionRegister register, SuppressionReaches reaches, IAuthorizationService authorization) : PageModel
{
    public IReadOnlyList<SuppressionRow> InForce { get; private set; } = [];

    public IReadOnlyList<SuppressionList> Waiting { get; private set; } = [];

    public IReadOnlyList<SuppressionList> Ended { get; private set; } = [];

    public bool MayAdd { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var lists = (await register.ListAsync(cancellation)).ToLookup(list => list.Stage);
        var rows = new List<SuppressionRow>();
        foreach (var list in lists[SuppressionStage.InForce])
        {
            rows.Add(await RowAsync(list, cancellation));
        }

        (InForce, Waiting, Ended) = (rows, [.. lists[SuppressionStage.Waiting]], [.. lists[SuppressionStage.Ended]]);
        MayAdd = (await authorization.AuthorizeAsync(User, Access.AddSuppression)).Succeeded;
    }

    private async Task<SuppressionRow> RowAsync(SuppressionList list, CancellationToken cancellation)
    {
        try
        {
            return new(list, await reaches.OfAsync(list, cancellation), null);
        }
        catch (RefusedException refused)
        {
            return new(list, null, refused.Message);
        }
    }
}
