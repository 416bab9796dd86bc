using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

/// <summary>The register: what is live, and who approved it?</summary>
[Authorize(Policy = Access.Read)]
public sealed class ModelsModel(ModelRegistry registry) : PageModel
{
    /// <summary>By name; the newest version first.</summary>
    public IReadOnlyList<IGrouping<string, ModelVersion>> Models { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Models = [.. (await registry.ListAsync(cancellation)).GroupBy(version => version.ModelName)];
}
