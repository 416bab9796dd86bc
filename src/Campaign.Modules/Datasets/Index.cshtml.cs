using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets;

[Authorize(Policy = Access.Read)]
public sealed class IndexModel(DatasetCatalog catalog, UnfinishedFiles unfinished, DatasetIntake intake, FileStore files, IAuthorizationService authorization) : PageModel
{
    private const int AllOfThem = int.MaxValue;

    public IReadOnlyList<DatasetSummary> Datasets { get; private set; } = [];

    public IReadOnlyList<UnfinishedFile> Unfinished { get; private set; } = [];

    public bool MayModel { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Datasets = await catalog.NewestAsync(AllOfThem, cancellation);
        MayModel = await MayModelAsync();
        Unfinished = MayModel ? await unfinished.ListAsync(cancellation) : [];
    }

    /// <summary>Makes the sample bank's file and takes it in like any upload.</summary>
    public async Task<IActionResult> OnPostSampleAsync(CancellationToken cancellation)
    {
        if (!await MayModelAsync())
        {
            return Forbid();
        }

        var folder = files.NewStagingFolder();
        try
        {
            await using var file = new FileStream(Path.Combine(folder, "sample-bank.csv"), FileMode.CreateNew, FileAccess.ReadWrite);
            new SampleBank(SampleBank.DefaultRowCount, SampleBank.DefaultHiddenShare, seed: 1).Write(file, null);
            file.Position = 0;
            var received = await intake.ReceiveAsync(
                file, "sample-bank.csv", new IntakeOptions(RoleRequest.Guess, SkipBadRows: false), User.ToActor(), cancellation);
            return RedirectToPage("/Datasets/Columns", new { datasetId = received.Dataset.Id });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<bool> MayModelAsync() => (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
}
