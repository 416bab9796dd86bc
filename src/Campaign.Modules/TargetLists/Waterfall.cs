namespace Campaign.Modules.TargetLists;

/// <summary>Counts who is left after each gate, from the uploaded rows to the customers to contact, in the order of the gates.</summary>
internal sealed class Waterfall(TargetListInputs inputs, int selectedRowCount, int candidateRowCount, int candidateCount)
{
    private const string Rows = "rows";
    private const string Customers = "customers";

    private readonly List<ExcludedCustomer> _excluded = [];
    private readonly Dictionary<ExclusionCause, int> _causes = [];

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<ExcludedCustomer> Excluded => [.. _excluded.OrderBy(customer => customer.Row)];

    /// <param name="row">From 1.</param>
    public void Exclude(string customerId, int row, ExclusionCause cause)
    {
        _excluded.Add(new(customerId, row, cause));
        _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
    }

    public ListCounts Counts(int toContact, int control)
    {
        var (gates, definition) = (inputs.Gates, inputs.Definition);
        var validRows = inputs.Customers.RowCount;
        var left = candidateCount;
        return new(
            [
                new("uploaded rows", Rows, validRows + inputs.RejectedRowCount),
                new("valid rows", Rows, validRows),
                new("at or above the threshold", Rows, selectedRowCount),
                new("recorded normal", Rows, candidateRowCount),
                new("customers (ids once)", Customers, candidateCount),
                Gate("not recorded affluent in another row", null, ExclusionCause.RecordedAffluentInAnotherRow),
                Gate("eligible", gates.Ineligible is null ? "no rule about age, status, staff or deaths" : null, ExclusionCause.Deceased, ExclusionCause.Staff, ExclusionCause.AccountStatus, ExclusionCause.Age),
                Gate("consented", gates.Consent is null ? "consent is not in the file: check it before anyone is contacted" : null, ExclusionCause.NoConsent),
                Gate("not suppressed", inputs.Suppressed is null ? "no do-not-contact list is in force" : null, ExclusionCause.Suppressed),
                Gate("not over-contacted", inputs.AtCap is null && inputs.InOtherControl.Count == 0 ? "no contact cap is set, and no other campaign runs" : null, ExclusionCause.OtherControlGroup, ExclusionCause.ContactCap),
                Gate("one a household", gates.Household is null ? "no column tells households" : null, ExclusionCause.SameHousehold),
                Gate("in the chosen segments", gates.Segment is null ? "no segment was chosen" : null, ExclusionCause.OutsideSegments),
                new("control group taken out", Customers, left -= control),
                definition.Budget is null
                    ? new("within budget", Customers, null, "no budget was set")
                    : Gate("within budget", null, ExclusionCause.BeyondBudget),
                new("to contact", Customers, toContact),
            ],
            toContact,
            control,
            _excluded.Count)
        {
            Causes = _causes,
        };

        WaterfallLine Gate(string name, string? whyNotApplied, params ExclusionCause[] causes)
        {
            left -= causes.Sum(cause => _causes.GetValueOrDefault(cause));
            return new(name, Customers, whyNotApplied is null ? left : null, whyNotApplied);
        }
    }
}
