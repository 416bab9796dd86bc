using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Uplift;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>What a campaign brought, in words first, and the next training with what was learnt.</summary>
[Authorize(Policy = Access.Read)]
public sealed class ResultsModel(TargetListRegister lists, OutcomeRegister outcomes, ModelRunCatalog runs, IAuthorizationService authorization) : PageModel
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

    public static string RateInWords(Rate rate) => rate.OutOf == 0 ? "–" : rate.OutOf < PartResponse.FewestCustomers ? "not enough data" : InWords.WithInterval(rate);

    public async Task<IActionResult> OnGetAsync(Guid listId, CancellationToken cancellation) => await LoadAsync(listId, cancellation) ? Page() : NotFound();

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
