using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Read)]
public sealed class IndexModel(ModelRuns runs) : PageModel
{
    public IReadOnlyList<ModelRunRow> Runs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Runs = await runs.ListAsync(cancellation);
}
