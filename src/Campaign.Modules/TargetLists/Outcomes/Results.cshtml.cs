using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Uplift;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Suppression;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>What a campaign brought, in words first, and the next training with what was learnt.</summary>
[Authorize(Policy = Access.Read)]
public sealed class ResultsModel(
    TargetListRegister lists, OutcomeRegister outcomes, SuppressionRegister suppression, ModelRunCatalog runs, CampaignDbContext db, AuditTrail trail,
    IAuthorizationService authorization) : PageModel
{
    public TargetList List { get; private set; } = null!;

    /// <summary>Null where no outcomes are recorded.</summary>
    public OutcomeUpload? Upload { get; private set; }

    public OutcomeMapping Mapping { get; private set; } = null!;

    public OutcomeCounts Counts { get; private set; } = null!;

    public OutcomeResults Results { get; private set; } = null!;

    public string Currency { get; private set; } = "";

    public string? Refusal { get; private set; }

    public bool MayUpload { get; private set; }

    public bool MayTrain { get; private set; }

    public bool MaySeeCustomers { get; private set; }

    /// <summary>Of one success, 0 or more; null where nobody has said.</summary>
    [BindProperty(SupportsGet = true)]
    public double? Value { get; set; }

    /// <summary>Of one contact, 0 or more.</summary>
    [BindProperty(SupportsGet = true)]
    public double? Cost { get; set; }

    /// <summary>Customers whom a contact was paid for: told by the file, else all with a known outcome.</summary>
    public long Contacts => Counts.ContactedTargets ?? Counts.TargetKnown;

    /// <summary>Null without value and cost, and where the effect is not measured.</summary>
    public (double Profit, Interval Interval)? Profit =>
        Value is >= 0 and var value && Cost is >= 0 and var cost && Results.Uplift.IsMeasured ? Results.Uplift.Profit(value, cost, Contacts) : null;

    /// <summary>'RM 12,000', with the sign in front.</summary>
    public string Money(double amount) => string.Create(CultureInfo.InvariantCulture, $"{(amount < 0 ? "−" : "")}{Currency} {Math.Abs(amount):N0}").Replace("  ", " ", StringComparison.Ordinal).Trim();

    /// <summary>Without the rate itself.</summary>
    public static string IntervalInWords(Rate rate)
    {
        var interval = WilsonInterval.Of(rate);
        return rate.OutOf < PartResponse.FewestCustomers ? "not enough data" : InWords.Interval(interval.Low, interval.High, InWords.Percent);
    }

    public static string RateInWords(Rate rate) => rate.OutOf == 0 ? "–" : rate.OutOf < PartResponse.FewestCustomers ? "not enough data" : InWords.WithInterval(rate);

    public async Task<IActionResult> OnGetAsync(Guid listId, CancellationToken cancellation) => await LoadAsync(listId, cancellation) ? Page() : NotFound();

    /// <summary>The ids of those who do not want to be contacted again, one a line.</summary>
    public async Task<IActionResult> OnGetOptOutsAsync(Guid listId, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation) || Upload is not { } upload)
        {
            return NotFound();
        }

        if (!MaySeeCustomers)
        {
            return Forbid();
        }

        var ids = outcomes.OptOuts(upload);

        // Recorded first: a file never leaves without its entry.
        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"list:{listId}", new { file = "opt-outs.csv", upload = upload.Id, ids.Count });
        await db.SaveChangesAsync(cancellation);
        var file = new MemoryStream();
        OutcomeFile.WriteIds(file, ids);
        return File(file.ToArray(), "text/csv", $"{ListFacts.ShortId(listId)}-opt-outs.csv");
    }

    /// <summary>A do-not-contact list of them, which waits to be put in force.</summary>
    public async Task<IActionResult> OnPostSuppressAsync(Guid listId, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation) || Upload is not { } upload)
        {
            return NotFound();
        }

        if (!(await authorization.AuthorizeAsync(User, Access.AddSuppression)).Succeeded)
        {
            return Forbid();
        }

        try
        {
            using var file = new MemoryStream();
            OutcomeFile.WriteIds(file, outcomes.OptOuts(upload));
            file.Position = 0;
            var arrived = await suppression.ArriveAsync(
                file, $"{ListFacts.ShortId(listId)}-opt-outs.csv", $"Opt-outs of {List.Name}"[..Math.Min(SuppressionRegister.LongestName, List.Name.Length + 12)], file.Length, User.ToActor(), cancellation);
            return RedirectToPage("/TargetLists/Suppression/Details", new { id = arrived.Id });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    public async Task<IActionResult> OnPostTrainAsync(Guid listId, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation))
        {
            return NotFound();
        }

        if (!MayTrain)
        {
            return Forbid();
        }

        try
        {
            var made = await outcomes.MakeTrainingFileAsync(List, User.ToActor(), cancellation);
            TempData["Status"] = $"{InWords.Count(made.Derivation!.ChangedCustomerCount, "customer")} with a success {(made.Derivation.ChangedCustomerCount == 1 ? "is" : "are")} recorded affluent in this new file. The file before stays as it was.";
            return Redirect($"/datasets/{made.Id}/train");
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    private async Task<bool> LoadAsync(Guid listId, CancellationToken cancellation)
    {
        if (await lists.FindAsync(listId, cancellation) is not { } list)
        {
            return false;
        }

        List = list;
        MayUpload = (await authorization.AuthorizeAsync(User, Access.BuildLists)).Succeeded;
        MaySeeCustomers = (await authorization.AuthorizeAsync(User, Access.Customers)).Succeeded;
        Upload = await outcomes.CurrentAsync(listId, cancellation);
        if (Upload is not null)
        {
            (Mapping, Counts, Results) = (Upload.ReadMapping()!, Upload.ReadCounts()!, outcomes.ReadResults(Upload));
            MayTrain = Counts.TargetResponses + Counts.ControlResponses > 0 && (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
            var money = (await runs.FindAsync(list.ModelRunId, cancellation))?.Money;
            (Value, Cost, Currency) = (Value ?? money?.ValuePerConversion, Cost ?? money?.CostPerContact, money?.Currency ?? "");
        }

        return true;
    }
}
