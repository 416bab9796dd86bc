using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

/// <summary>What people wrote about a run, and the forms to write more.</summary>
[Authorize(Policy = Access.Read)]
public sealed class NotesModel(ModelRunCatalog runs, RunNotes notes, IAuthorizationService authorization) : PageModel
{
    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Tag { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    public NotesOfRun Written { get; private set; } = null!;

    public bool MayWrite { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation) => await LoadAsync(runId, cancellation) ? Page() : NotFound();

    public Task<IActionResult> OnPostNoteAsync(Guid runId, CancellationToken cancellation) =>
        WriteAsync(runId, "The note is kept.", () => notes.AddNoteAsync(runId, Note, User.ToActor(), cancellation), cancellation);

    public Task<IActionResult> OnPostTagAsync(Guid runId, CancellationToken cancellation) =>
        WriteAsync(runId, "The tag is added.", () => notes.AddTagAsync(runId, Tag, User.ToActor(), cancellation), cancellation);

    public Task<IActionResult> OnPostRemoveTagAsync(Guid runId, CancellationToken cancellation) =>
        WriteAsync(runId, "The tag is removed.", () => notes.RemoveTagAsync(runId, Tag, User.ToActor(), cancellation), cancellation);

    private async Task<IActionResult> WriteAsync(Guid runId, string done, Func<Task> write, CancellationToken cancellation)
    {
        if (!await LoadAsync(runId, cancellation))
        {
            return NotFound();
        }

        if (!MayWrite)
        {
            return Forbid();
        }

        try
        {
            await write();
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }

        TempData["Status"] = done;
        return RedirectToPage(new { runId });
    }

    private async Task<bool> LoadAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return false;
        }

        Run = run;
        Written = await notes.OfRunAsync(runId, cancellation);
        MayWrite = (await authorization.AuthorizeAsync(User, Access.Notes)).Succeeded;
        return true;
    }
}
