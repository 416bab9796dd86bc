namespace Campaign.Modules.TargetLists;

/// <summary>A column of a sheet with one row a customer: header, width, what it means, and how its cell is made.</summary>
internal sealed record ListColumn<T>(string Header, double Width, string Meaning, Func<T, XlsxValue> Cell, XlsxInput? Input = null)
{
    public XlsxColumn ToXlsx() => new(Header, Width, Input);
}

/// <summary>Why a listed customer's score is as it is, in words, strongest first.</summary>
/// <param name="For">At most three.</param>
/// <param name="Against">At most two.</param>
public sealed record ListedReasons(IReadOnlyList<string> For, IReadOnlyList<string> Against)
{
    /// <summary>For a customer whose reasons don't add up to the score.</summary>
    public static ListedReasons NotShown { get; } = new(["no reason is shown: its parts don't add up to the score"], []);
}

/// <summary>A listed customer with the reasons: all that a row needs beside the list's <see cref="ListValues"/>.</summary>
internal sealed record ListedRow(ListedCustomer Customer, ListedReasons Reasons)
{
    /// <summary>The row of the data file, from 0.</summary>
    public int FileRow => Customer.Row - 1;
}
