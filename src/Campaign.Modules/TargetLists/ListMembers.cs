using System.Globalization;
using CsvHelper;

namespace Campaign.Modules.TargetLists;

/// <summary>Whether a customer is contacted or kept back to measure.</summary>
public enum ListGroup
{
    Target,
    Control,
}

/// <summary>A customer of a built list or of its control group, as the list's folder keeps it.</summary>
/// <param name="Row">The customer's highest row, counted from 1.</param>
/// <param name="Channel">The best channel that was open when the list was built; null where the list names none.</param>
/// <param name="Priority">From 1 within the group.</param>
public sealed record ListMember(
    string CustomerId, int Row, ListGroup Group, double Score, char Band, ListConfidence Confidence, string? Segment, string? Wave, string? Cell,
    ContactChannels? Channel, int Priority);

/// <summary>
/// The file <c>members.csv</c> in a list's folder: one line a customer of the list, then of its control group. It is what later lists, outcomes and
/// receipts rest on; the workbooks are for people.
/// </summary>
public static class ListMembers
{
    public const string FileName = "members.csv";

    private static readonly string[] Header = ["customer_id", "row", "group", "score", "band", "confidence", "segment", "wave", "cell", "channel", "priority"];

    /// <param name="output">UTF-8 without a mark; left open.</param>
    public static void Write(Stream output, TargetListSelection selection)
    {
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(Header);
        foreach (var (customer, group) in selection.Listed.Select(one => (one, "target")).Concat(selection.Control.Select(one => (one, "control"))))
        {
            csv.WriteRecord(
                customer.CustomerId,
                customer.Row.ToString(CultureInfo.InvariantCulture),
                group,
                customer.Score.ToString("R", CultureInfo.InvariantCulture),
                customer.Band.ToString(),
                TargetListColumns.InWords(customer.Confidence),
                customer.Segment ?? "",
                customer.Wave ?? "",
                customer.Cell ?? "",
                customer.BestChannel == ContactChannels.None ? "" : ContactChannel.InWords(customer.BestChannel),
                customer.Priority.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The members in the file's order, read as they are asked for.</summary>
    public static IEnumerable<ListMember> Read(string path)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
        while (csv.Read())
        {
            yield return new ListMember(
                csv.GetString(0),
                csv.Parse<int>(1),
                csv.GetString(2) == "control" ? ListGroup.Control : ListGroup.Target,
                csv.Parse<double>(3),
                csv.GetString(4)[0],
                Enum.Parse<ListConfidence>(csv.GetString(5), ignoreCase: true),
                Named(csv.GetString(6)),
                Named(csv.GetString(7)),
                Named(csv.GetString(8)),
                ContactChannel.OfWords(csv.GetString(9)),
                csv.Parse<int>(10));
        }

        static string? Named(string text) => text.Length > 0 ? text : null;
    }
}
