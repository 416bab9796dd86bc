namespace Campaign.Modules.TargetLists;

/// <summary>
/// The outcome form's headers and the texts its cells take, in one place for the workbook that asks and the upload that reads. A header
/// never changes: forms that were filled before a new version must still be read.
/// </summary>
internal static class OutcomeFormColumns
{
    public const string ListId = "List ID";
    public const string RowNumber = "Row no.";
    public const string CustomerId = "Customer ID";
    public const string Contacted = "Contacted Y/N";
    public const string Date = "Date";
    public const string Channel = "Channel";
    public const string Reached = "Reached";
    public const string Response = "Response";
    public const string ProductTaken = "Product taken";
    public const string Amount = "Amount";
    public const string OptOutAsked = "Opt-out asked";
    public const string Comment = "Comment";

    public const string Yes = "Y";
    public const string No = "N";

    /// <summary>In the form's order.</summary>
    public static IReadOnlyList<string> All { get; } =
        [ListId, RowNumber, CustomerId, Contacted, Date, Channel, Reached, Response, ProductTaken, Amount, OptOutAsked, Comment];

    public static IReadOnlyList<string> YesOrNo { get; } = [Yes, No];

    public static IReadOnlyList<string> Channels { get; } = ["call", "e-mail", "SMS", "post", "branch", "app"];

    public static IReadOnlyList<string> Responses { get; } = ["interested", "not interested", "call later", "no answer"];
}
