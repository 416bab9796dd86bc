using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

[Authorize(Policy = Access.Read)]
public sealed class IndexModel(TargetListRegister lists) : PageModel
{
    public IReadOnlyList<TargetListRow> Lists { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Lists = await lists.ListAsync(cancellation);
}
