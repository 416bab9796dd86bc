namespace Campaign.Modules.TargetLists;

/// <summary>The columns of the sheets with one row a customer. A column without data for it is not here: left out, not blank.</summary>
internal static class TargetListColumns
{
    private const int ReasonCount = 3;
    private const int AgainstCount = 2;

    public static IReadOnlyList<ListColumn<ListedRow>> TargetList(
        TargetListSelection selection, ListFacts facts, ListValues values, bool internalCopy)
    {
        var listed = selection.Listed;
        List<ListColumn<ListedRow>> columns =
        [
            new("List ID", 14, "The list that this row belongs to.", _ => XlsxValue.OfText(facts.ListId)),
            new("Row no.", 12, "The customer's highest row in the data file, counted from 1 without the header.", row => XlsxValue.OfNumber(row.Customer.Row)),
            new("Customer ID", 18, "The id as the data file spells it, kept as text.", row => XlsxValue.OfText(row.Customer.CustomerId)),
            .. Shown(values, ListField.Household),
            new("Recorded class", 11, "What the bank's file says: normal for every customer on this list.", _ => XlsxValue.OfText("normal")),
            new("Predicted class", 11, "What the model says: affluent, as the score is at or above the threshold.", _ => XlsxValue.OfText("affluent")),
            new("Score 0-100", 15, "How much the customer looks like the bank's affluent customers, by models that never saw this customer. It ranks; it is not a probability.", row => XlsxValue.OfNumber(100 * row.Customer.Score, CellStyle.Score)),
            new("Score band", 9, "A: the top 10 % of this list, B: the next 20 %, C: the next 30 %, D: the rest.", row => XlsxValue.OfText(row.Customer.Band.ToString())),
            new("Hidden affluent", 11, "Y: recorded normal, selected by the model. A candidate, not a fact.", _ => XlsxValue.OfText("Y")),
            new("Confidence", 14, "high: at or above the threshold in every repeat of the cross-fitting, medium: in at least half, low: in fewer.", row => XlsxValue.OfText(InWords(row.Customer.Confidence))),
        ];
        for (var place = 0; place < ReasonCount; place++)
        {
            var reason = place;
            columns.Add(new(
                $"Reason {reason + 1}", 70, $"The {Ordinal(reason)} reason why the model scores this customer high.",
                row => XlsxValue.OfText(reason < row.Reasons.For.Count ? row.Reasons.For[reason] : "", CellStyle.WrappedText)));
        }

        for (var place = 0; place < AgainstCount; place++)
        {
            var reason = place;
            columns.Add(new(
                $"Against {reason + 1}", 70, $"The {Ordinal(reason)} of what speaks against the customer and lowers the score.",
                row => XlsxValue.OfText(reason < row.Reasons.Against.Count ? row.Reasons.Against[reason] : "", CellStyle.WrappedText)));
        }

        if (listed.Any(customer => customer.Segment is not null))
        {
            columns.AddRange(SegmentColumns(values));
        }

        if (values.Money is { } money)
        {
            columns.AddRange(MoneyColumns(money));
        }

        columns.AddRange(Shown(
            values, ListField.RelationshipManager, ListField.Branch, ListField.Region, ListField.PreferredLanguage, ListField.PreferredChannel));
        if (listed.Any(customer => customer.BestChannel != ContactChannels.None))
        {
            columns.Add(new(
                "Best channel allowed", 13,
                facts.Definition.Consent.Channels.Count > 0
                    ? "The first channel of the list's preference that is open to this customer."
                    : "The first channel of the list; check the customer's consent before you use it: the data file does not tell it.",
                row => XlsxValue.OfText(row.Customer.BestChannel == ContactChannels.None ? "" : ContactChannel.InWords(row.Customer.BestChannel))));
        }

        columns.AddRange(values.Consents.SelectMany(ConsentColumns));
        columns.AddRange(Shown(values, ListField.LastContacted, ListField.ContactsIn30Days, ListField.ExistingProducts, ListField.Tenure));
        columns.AddRange(Shown(values, ListField.Phone, ListField.Email));
        if (internalCopy)
        {
            columns.Add(GroupColumn<ListedRow>("Target"));
        }

        if (listed.Any(customer => customer.Wave is not null))
        {
            columns.Add(new("Wave", 14, "When the customer is contacted.", row => XlsxValue.OfText(row.Customer.Wave)));
        }

        columns.Add(new("Priority", 10, "1 is the highest score on this list; equal scores stand in a random order fixed by the list's seed.", row => XlsxValue.OfNumber(row.Customer.Priority)));
        if (facts.Definition.CampaignCode.Length > 0)
        {
            columns.Add(new("Campaign code", 14, "The bank's own code for the campaign.", _ => XlsxValue.OfText(facts.Definition.CampaignCode)));
        }

        if (listed.Any(customer => customer.Cell is not null))
        {
            columns.Add(new("Cell code", 14, "Which offer the customer gets.", row => XlsxValue.OfText(row.Customer.Cell)));
        }

        columns.Add(new("Expiry", 12, "Do not contact by this list after this day.", _ => XlsxValue.OfDate(facts.ValidUntilUtc)));
        return columns;
    }

    public static IReadOnlyList<ListColumn<ListedCustomer>> Control(ListFacts facts) =>
    [
        new("List ID", 14, "The list that this row belongs to.", _ => XlsxValue.OfText(facts.ListId)),
        new("Row no.", 12, "The customer's highest row in the data file.", customer => XlsxValue.OfNumber(customer.Row)),
        new("Customer ID", 18, "Eligible like the customers on the list, drawn at random: do not contact.", customer => XlsxValue.OfText(customer.CustomerId)),
        GroupColumn<ListedCustomer>("Control"),
    ];

    public static IReadOnlyList<ListColumn<ExcludedCustomer>> Excluded(ListFacts facts) =>
    [
        new("Row no.", 12, "The customer's highest candidate row in the data file.", customer => XlsxValue.OfNumber(customer.Row)),
        new("Customer ID", 18, "A candidate that is neither on the list nor in the control group.", customer => XlsxValue.OfText(customer.CustomerId)),
        new("Cause", 36, "The first gate that stopped the customer.", customer => XlsxValue.OfText(CauseInWords(customer.Cause))),
        new("Rule", 70, "The rule behind the cause.", customer => XlsxValue.OfText(RuleInWords(customer.Cause), CellStyle.WrappedText)),
        new("Date", 12, "When the rule was applied.", _ => XlsxValue.OfDate(facts.CreatedUtc)),
    ];

    public static IReadOnlyList<ListColumn<ListedCustomer>> OutcomeForm(ListFacts facts, ListValues values) =>
    [
        new(OutcomeFormColumns.ListId, 14, "Do not change: it finds the list again.", _ => XlsxValue.OfText(facts.ListId)),
        new(OutcomeFormColumns.RowNumber, 12, "Do not change.", customer => XlsxValue.OfNumber(customer.Row)),
        new(OutcomeFormColumns.CustomerId, 18, "Do not change.", customer => XlsxValue.OfText(customer.CustomerId)),
        Input(OutcomeFormColumns.Contacted, 17, "Was the customer contacted?", OutcomeFormColumns.YesOrNo),
        Input(OutcomeFormColumns.Date, 12, "The day of the contact.", style: CellStyle.InputDate),
        Input(OutcomeFormColumns.Channel, 12, "How the customer was contacted.", OutcomeFormColumns.Channels),
        Input(OutcomeFormColumns.Reached, 11, "Did the contact reach the customer in person?", OutcomeFormColumns.YesOrNo),
        Input(OutcomeFormColumns.Response, 16, "What the customer said.", OutcomeFormColumns.Responses),
        Input(OutcomeFormColumns.ProductTaken, 20, "The product, where one was taken."),
        Input(OutcomeFormColumns.Amount, 14, $"Its amount as a number, {(values.Money is { } money ? $"in {money.Currency}" : "in the bank's currency")}.", style: CellStyle.InputNumber),
        Input(OutcomeFormColumns.OptOutAsked, 17, "Did the customer ask not to be contacted again?", OutcomeFormColumns.YesOrNo),
        Input(OutcomeFormColumns.Comment, 40, "Anything else; no health, religion or family matters."),
    ];

    public static string InWords(ListConfidence confidence) => confidence switch
    {
        ListConfidence.High => "high",
        ListConfidence.Medium => "medium",
        _ => "low",
    };

    /// <summary>Whether customers stopped by this cause are named on the Excluded sheet; of the others the file tells the number only.</summary>
    public static bool IsNamed(ExclusionCause cause) => cause is not (ExclusionCause.Deceased or ExclusionCause.Suppressed);

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

    private static ListColumn<ListedCustomer> Input(
        string header, double width, string meaning, IReadOnlyList<string>? choices = null, CellStyle style = CellStyle.InputText) =>
        new(header, width, meaning, _ => XlsxValue.Blank(style), new XlsxInput(style, choices));

    private static IEnumerable<ListColumn<ListedRow>> SegmentColumns(ListValues values)
    {
        yield return new("Segment", 22, "The first of the chosen segments that the customer is in.", row => XlsxValue.OfText(row.Customer.Segment));
        if (values.Offers.Values.Any(offer => offer.Product.Length > 0))
        {
            yield return new("Suggested product", 22, "For the segment, as its maker wrote it.", row => XlsxValue.OfText(OfferFor(row)?.Product));
        }

        if (values.Offers.Values.Any(offer => offer.Message.Length > 0))
        {
            yield return new("Suggested message", 56, "For the segment, as its maker wrote it.", row => XlsxValue.OfText(OfferFor(row)?.Message, CellStyle.WrappedText));
        }

        SegmentOffer? OfferFor(ListedRow row) => row.Customer.Segment is { } segment ? values.Offers.GetValueOrDefault(segment) : null;
    }

    private static IEnumerable<ListColumn<ListedRow>> ConsentColumns(ShownConsent consent)
    {
        var channel = ContactChannel.InWords(consent.Channel);
        yield return new(
            $"Consent {channel}", 11, $"Y: may be contacted by {channel}: the data file tells consent on the day of the list, and the bank's limit of contacts is not reached.",
            row => XlsxValue.OfText(row.Customer.Allowed.HasFlag(consent.Channel) ? OutcomeFormColumns.Yes : OutcomeFormColumns.No));
        if (consent.DateOfRow is { } date)
        {
            yield return new($"Consent {channel} since", 12, "When consent was given, as the data file says at the customer's row.", row => date(row.FileRow));
        }
    }

    private static ListColumn<ListedRow>[] MoneyColumns(ListMoney money) =>
    [
        new($"Est. value ({money.Currency})", 14,
            "What contacting the customer is expected to bring: the probability of being affluent, times the response, times the value of a conversion. Response and value are a person's guesses.",
            row => XlsxValue.OfNumber(money.Value(row.FileRow), CellStyle.Money)),
        new($"Est. cost ({money.Currency})", 12, "Of one contact, a person's guess.", _ => XlsxValue.OfNumber(money.Cost, CellStyle.Money)),
        new($"Expected profit ({money.Currency})", 14, "Est. value less est. cost.", row => XlsxValue.OfNumber(money.Profit(row.FileRow), CellStyle.Money)),
    ];

    private static IEnumerable<ListColumn<ListedRow>> Shown(ListValues values, params ListField[] fields) =>
        values.Shown.Where(shown => fields.Contains(shown.Field)).Select(shown => new ListColumn<ListedRow>(
            HeaderOf(shown.Field), WidthOf(shown.Field), $"{MeaningOf(shown.Field)} From the data file's column '{shown.Source}', at the customer's row.",
            row => shown.CellOfRow(row.FileRow)));

    public static string HeaderOf(ListField field) => field switch
    {
        ListField.Household => "Household ID",
        ListField.RelationshipManager => "Relationship manager",
        ListField.Branch => "Branch",
        ListField.Region => "Region",
        ListField.PreferredLanguage => "Preferred language",
        ListField.PreferredChannel => "Preferred channel",
        ListField.LastContacted => "Last contacted",
        ListField.ContactsIn30Days => "Contacts in 30 days",
        ListField.ExistingProducts => "Existing products",
        ListField.Tenure => "Tenure",
        ListField.Phone => "Phone",
        ListField.Email => "E-mail",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    private static double WidthOf(ListField field) => field switch
    {
        ListField.RelationshipManager or ListField.Email => 24,
        ListField.Household or ListField.Branch or ListField.Region or ListField.Phone or ListField.ExistingProducts => 18,
        _ => 13,
    };

    private static string MeaningOf(ListField field) => field switch
    {
        ListField.Household => "Customers with the same one live together.",
        ListField.RelationshipManager => "Who looks after the customer.",
        ListField.Branch => "Where the account is kept.",
        ListField.Region => "Of the customer or the branch.",
        ListField.PreferredLanguage => "The language the customer wants to be spoken to in.",
        ListField.PreferredChannel => "What the customer prefers; whether it is allowed is told by the consent.",
        ListField.LastContacted => "The day of the last contact.",
        ListField.ContactsIn30Days => "How often the customer was contacted in the 30 days before the file was made.",
        ListField.ExistingProducts => "What the customer has at the bank.",
        ListField.Tenure => "How long the customer has been with the bank, in the file's unit.",
        ListField.Phone or ListField.Email => "Personal: for this campaign only.",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
