using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets;

/// <summary>A file that has arrived: how it is read, its check, and what to do about rows that can't be used.</summary>
[Authorize(Policy = Access.Model)]
public sealed class ReceivedModel(ReceivedFiles received, CampaignDbContext db, FileStore files, AuditTrail trail) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public ReadingForm Input { get; set; } = new();

    /// <summary>The file's version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ReceivedFileView Received { get; private set; } = null!;

    /// <summary>Read as <see cref="Input"/> says; null where that can't be done, or where there is nothing to choose now.</summary>
    public FileExamination? Preview { get; private set; }

    /// <summary>Why it can't be read like this, or why what was asked was not done.</summary>
    public string? Refusal { get; private set; }

    public bool IsCsv => Received.File.Format == FileFormat.Csv;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!Input.IsAsked)
        {
            Input = ReadingForm.Of(Received.File.ReadChoices());
        }

        Look();
        if (!Input.IsAsked && Preview is { UndecidedDates.Count: > 0 } && await RememberedColumns.FindAsync(db, Preview.Columns, cancellation) is { Dates: { } dates })
        {
            // As in the last file with these columns; the person sees it and can change it.
            Input.Dates = dates;
            Look();
        }

        return Page();
    }

    /// <summary>Read it like this: queues the check.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        Look();
        if (Preview is null)
        {
            return Page();
        }

        if (Preview.UndecidedDates.Count > 0 && Input.Dates is null)
        {
            Refusal = "Say how the dates are written: day first or month first.";
            return Page();
        }

        return await DoAsync(id, () => received.CheckAsync(id, Input.ToChoices(), Version, User.ToActor(), cancellation));
    }

    public async Task<IActionResult> OnPostGoOnAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        return await DoAsync(id, () => received.AcceptAsync(id, Version, User.ToActor(), cancellation));
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        try
        {
            await received.DiscardAsync(id, Version, User.ToActor(), cancellation);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }

        TempData["Status"] = $"{Received.File.FileName} was discarded; nothing of it is kept.";
        return RedirectToPage("/Datasets/Upload");
    }

    /// <summary>The rows that can't be used: line, column, value, reason, remedy.</summary>
    public async Task<IActionResult> OnGetRejectedAsync(Guid id, CancellationToken cancellation)
    {
        if (await received.FindAsync(id, cancellation) is not { State: ReceivedState.BadRows } file)
        {
            return NotFound();
        }

        trail.Append(db, User.ToActor(), AuditActions.Downloaded, DatasetIntake.Subject(id), new { file = RejectedRow.FileName, file.File.RejectedRowCount });
        await db.SaveChangesAsync(cancellation);
        return PhysicalFile(Path.Combine(files.DatasetFolder(id), RejectedRow.FileName), "text/csv; charset=utf-8", RejectedRow.FileName);
    }

    /// <summary>The first of the rows that can't be used, for the page.</summary>
    public IReadOnlyList<RejectedRow> FirstRejected(int count) => RejectedRow.Load(files.DatasetFolder(Received.File.Id), count);

    private async Task<IActionResult> DoAsync(Guid id, Func<Task> work)
    {
        try
        {
            await work();
            return RedirectToPage(new { id });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            Look();
            return Page();
        }
    }

    /// <returns>Where to go instead: the file is a dataset by now, or is not there.</returns>
    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        if (await received.FindAsync(id, cancellation) is { } found)
        {
            Received = found;
            if (!HttpMethods.IsPost(Request.Method))
            {
                Version = found.File.Version;
            }

            return null;
        }

        return await db.Set<Dataset>().FindAsync([id], cancellation) is null ? NotFound() : RedirectToPage("/Datasets/Columns", new { datasetId = id });
    }

    private void Look()
    {
        if (Received.State is ReceivedState.Checking or ReceivedState.BadRows)
        {
            return;
        }

        try
        {
            Preview = received.Examine(Received.File, Input.ToChoices());
        }
        catch (RefusedException refused)
        {
            Refusal ??= refused.Message;
        }
    }

    /// <summary>How the file is to be read; what is left open is found out.</summary>
    public sealed class ReadingForm
    {
        public string? Encoding { get; set; }

        /// <summary>The name of the character, since some browsers drop a bare tab.</summary>
        public string? Delimiter { get; set; }

        public string? Sheet { get; set; }

        [Range(1, 50, ErrorMessage = "The header must be among the first 50 lines.")]
        public int? HeaderLine { get; set; }

        public bool? DecimalComma { get; set; }

        public DateForm? Dates { get; set; }

        /// <summary>The form was sent, rather than the page opened.</summary>
        public bool IsAsked { get; set; }

        public static ReadingForm Of(ReadingChoices choices) => new()
        {
            Encoding = choices.Encoding,
            Delimiter = choices.Delimiter is { } delimiter ? FileDialect.NameOf(delimiter) : null,
            Sheet = choices.Sheet,
            HeaderLine = choices.HeaderLine,
            DecimalComma = choices.DecimalComma,
            Dates = choices.Dates,
        };

        public ReadingChoices ToChoices() => new(
            TextEncodings.Names.FirstOrDefault(name => name == Encoding),
            FileDialect.Delimiters.Where(delimiter => FileDialect.NameOf(delimiter) == Delimiter).Select(delimiter => (char?)delimiter).FirstOrDefault(),
            Sheet,
            HeaderLine,
            DecimalComma,
            Dates is DateForm.DayFirst or DateForm.MonthFirst ? Dates : null);
    }
}
