namespace Campaign.Modules.TargetLists;

/// <summary>A column of a sheet with one row a customer: header, width, what it means, and how its cell is made.</summary>
internal sealed record ListColumn<T>(string Header, double Width, string Meaning, Func<T, XlsxValue> Cell, IReadOnlyList<string>? Choices = null)
{
    public XlsxColumn ToXlsx() => new(Header, Width, Choices);
}

/// <summary>Why a listed customer's score is as it is, in words, strongest first.</summary>
/// <param name="For">At most three.</param>
/// <param name="Against">At most two.</param>
public sealed record ListedReasons(IReadOnlyList<string> For, IReadOnlyList<string> Against)
{
    /// <summary>For a customer whose reasons don't add up to the score.</summary>
    public static ListedReasons NotShown { get; } = new(["no reason is shown: its parts don't add up to the score"], []);
}

/// <summary>A listed customer with the reasons.</summary>
internal sealed record ListRow(ListedCustomer Customer, ListedReasons Reasons);

/// <summary>The columns of the sheets with one row a customer. A column without data for it is not here: left out, not blank.</summary>
internal static class TargetListColumns
{
    private const int ReasonCount = 3;
    private const int AgainstCount = 2;

    private static readonly string[] YesOrNo = ["Y", "N"];

    public static IReadOnlyList<ListColumn<ListRow>> TargetList(ListFacts facts, bool internalCopy)
    {
        List<ListColumn<ListRow>> columns =
        [
            new("List ID", 14, "The list that this row belongs to.", _ => XlsxValue.OfText(facts.ListId)),
            new("Row no.", 10, "The customer's highest row in the data file, counted from 1 without the header.", row => XlsxValue.OfNumber(row.Customer.Row)),
            new("Customer ID", 18, "The id as the data file spells it, kept as text.", row => XlsxValue.OfText(row.Customer.CustomerId)),
            new("Recorded class", 15, "What the bank's file says: normal for every customer on this list.", _ => XlsxValue.OfText("normal")),
            new("Predicted class", 15, "What the model says: affluent, as the score is at or above the threshold.", _ => XlsxValue.OfText("affluent")),
            new("Score 0-100", 12, "How much the customer looks like the bank's affluent customers, by models that never saw this customer. It ranks; it is not a probability.", row => XlsxValue.OfNumber(100 * row.Customer.Score, CellStyle.Score)),
            new("Score band", 11, "A: the top 10 % of this list, B: the next 20 %, C: the next 30 %, D: the rest.", row => XlsxValue.OfText(row.Customer.Band.ToString())),
            new("Hidden affluent", 15, "Y: recorded normal, selected by the model. A candidate, not a fact.", _ => XlsxValue.OfText("Y")),
            new("Confidence", 12, "high: at or above the threshold in every repeat of the cross-fitting, medium: in at least half, low: in fewer.", row => XlsxValue.OfText(InWords(row.Customer.Confidence))),
        ];
        for (var place = 0; place < ReasonCount; place++)
        {
            var reason = place;
            columns.Add(new(
                $"Reason {reason + 1}", 56, $"The {Ordinal(reason)} reason why the model scores this customer high.",
                row => XlsxValue.OfText(reason < row.Reasons.For.Count ? row.Reasons.For[reason] : "")));
        }

        for (var place = 0; place < AgainstCount; place++)
        {
            var reason = place;
            columns.Add(new(
                $"Against {reason + 1}", 56, $"The {Ordinal(reason)} of what speaks against the customer and lowers the score.",
                row => XlsxValue.OfText(reason < row.Reasons.Against.Count ? row.Reasons.Against[reason] : "")));
        }

        if (internalCopy)
        {
            columns.Add(GroupColumn<ListRow>("Target"));
        }

        columns.Add(new("Priority", 10, "1 is the highest score on this list; equal scores stand in a random order fixed by the list's seed.", row => XlsxValue.OfNumber(row.Customer.Priority)));
        columns.Add(new("Expiry", 12, "Do not contact by this list after this day.", _ => XlsxValue.OfDate(facts.ValidUntilUtc)));
        return columns;
    }

    public static IReadOnlyList<ListColumn<ListedCustomer>> Control(ListFacts facts) =>
    [
        new("List ID", 14, "The list that this row belongs to.", _ => XlsxValue.OfText(facts.ListId)),
        new("Row no.", 10, "The customer's highest row in the data file.", customer => XlsxValue.OfNumber(customer.Row)),
        new("Customer ID", 18, "Eligible like the customers on the list, drawn at random: do not contact.", customer => XlsxValue.OfText(customer.CustomerId)),
        GroupColumn<ListedCustomer>("Control"),
    ];

    public static IReadOnlyList<ListColumn<ExcludedCustomer>> Excluded(ListFacts facts) =>
    [
        new("Row no.", 10, "The customer's highest candidate row in the data file.", customer => XlsxValue.OfNumber(customer.Row)),
        new("Customer ID", 18, "A candidate that is neither on the list nor in the control group.", customer => XlsxValue.OfText(customer.CustomerId)),
        new("Cause", 36, "The first gate that stopped the customer.", customer => XlsxValue.OfText(CauseInWords(customer.Cause))),
        new("Rule", 70, "The rule behind the cause.", customer => XlsxValue.OfText(RuleInWords(customer.Cause), CellStyle.WrappedText)),
        new("Date", 12, "When the rule was applied.", _ => XlsxValue.OfDate(facts.CreatedUtc)),
    ];

    public static IReadOnlyList<ListColumn<ListedCustomer>> OutcomeForm(ListFacts facts) =>
    [
        new("List ID", 14, "Do not change: it finds the list again.", _ => XlsxValue.OfText(facts.ListId)),
        new("Row no.", 10, "Do not change.", customer => XlsxValue.OfNumber(customer.Row)),
        new("Customer ID", 18, "Do not change.", customer => XlsxValue.OfText(customer.CustomerId)),
        Input("Contacted Y/N", 14, "Was the customer contacted?", YesOrNo),
        new("Date", 12, "The day of the contact.", _ => XlsxValue.Blank(CellStyle.InputDate)),
        Input("Channel", 12, "How the customer was contacted.", ["call", "e-mail", "SMS", "post", "branch", "app"]),
        Input("Reached", 11, "Did the contact reach the customer in person?", YesOrNo),
        Input("Response", 16, "What the customer said.", ["interested", "not interested", "call later", "no answer"]),
        Input("Product taken", 20, "The product, where one was taken."),
        new("Amount", 14, "Its amount, in the bank's currency.", _ => XlsxValue.Blank(CellStyle.InputNumber)),
        Input("Opt-out asked", 14, "Did the customer ask not to be contacted again?", YesOrNo),
        Input("Comment", 40, "Anything else; no health, religion or family matters."),
    ];

    public static string InWords(ListConfidence confidence) => confidence switch
    {
        ListConfidence.High => "high",
        ListConfidence.Medium => "medium",
        _ => "low",
    };

    public static string CauseInWords(ExclusionCause cause) => cause switch
    {
        ExclusionCause.RecordedAffluentInAnotherRow => "recorded affluent in another row",
        ExclusionCause.Deceased => "deceased",
        ExclusionCause.Staff => "works for the bank",
        ExclusionCause.AccountStatus => "account status",
        ExclusionCause.Age => "age",
        ExclusionCause.NoConsent => "no consent",
        ExclusionCause.Suppressed => "do not contact",
        ExclusionCause.OtherControlGroup => "in another campaign's control group",
        ExclusionCause.ContactCap => "contacted as often as allowed",
        ExclusionCause.SameHousehold => "another customer of the household",
        ExclusionCause.OutsideSegments => "outside the chosen segments",
        ExclusionCause.BeyondBudget => "beyond the budget",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    private static string RuleInWords(ExclusionCause cause) => cause switch
    {
        ExclusionCause.RecordedAffluentInAnotherRow => "A customer whose id is recorded affluent in any row is known already.",
        ExclusionCause.Deceased => "Customers who have died are never contacted.",
        ExclusionCause.Staff => "People who work for the bank are not customers of a campaign.",
        ExclusionCause.AccountStatus => "Only accounts whose status the list allows.",
        ExclusionCause.Age => "The age must be known and within the list's range.",
        ExclusionCause.NoConsent => "Every row of the customer must consent to at least one of the list's channels, on the day of the list.",
        ExclusionCause.Suppressed => "Ids on a do-not-contact list in force are on no list.",
        ExclusionCause.OtherControlGroup => "Customers kept back by a running campaign would spoil its measurement.",
        ExclusionCause.ContactCap => "Customers who have been contacted as often as the bank allows by every channel they consented to.",
        ExclusionCause.SameHousehold => "Of a household only the customer with the highest score.",
        ExclusionCause.OutsideSegments => "The customer must be in one of the segments chosen.",
        ExclusionCause.BeyondBudget => "The budget and its control group are filled from the highest score down.",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    private static string Ordinal(int place) => place switch { 0 => "strongest", 1 => "second", _ => "third" };

    private static ListColumn<T> GroupColumn<T>(string group) =>
        new("Group", 10, "Target: to be contacted; Control: kept back to measure. Internal copy only.", _ => XlsxValue.OfText(group));

    private static ListColumn<ListedCustomer> Input(string header, double width, string meaning, IReadOnlyList<string>? choices = null) =>
        new(header, width, meaning, _ => XlsxValue.Blank(CellStyle.InputText), choices);
}
