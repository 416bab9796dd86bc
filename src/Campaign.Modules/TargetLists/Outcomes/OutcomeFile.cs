using CsvHelper;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>A customer of a list as <see cref="OutcomeFile"/> keeps the outcome.</summary>
/// <param name="Responded">Null where it is not known.</param>
/// <param name="Contacted">Null where the file did not tell.</param>
public sealed record OutcomeRecord(string CustomerId, ListGroup Group, bool? Responded, bool? Contacted, bool OptOut);

/// <summary>The file <c>outcomes.csv</c> of a recorded upload: one line a member of the list, in the members' order.</summary>
public static class OutcomeFile
{
    public const string FileName = "outcomes.csv";

    private static readonly string[] Header = ["customer_id", "group", "responded", "contacted", "opt_out"];

    /// <param name="output">UTF-8 without a mark; left open.</param>
    public static void Write(Stream output, IEnumerable<MemberOutcome> outcomes)
    {
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(Header);
        foreach (var one in outcomes)
        {
            csv.WriteRecord(one.Member.CustomerId, one.Member.Group == ListGroup.Control ? "control" : "target", Text(one.Responded), Text(one.Contacted), one.OptOut ? "1" : "0");
        }

        static string Text(bool? value) => value switch { true => "1", false => "0", null => "" };
    }

    /// <summary>In the file's order, read as they are asked for.</summary>
    public static IEnumerable<OutcomeRecord> Read(string path)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
        while (csv.Read())
        {
            yield return new OutcomeRecord(
                csv.GetString(0), csv.GetString(1) == "control" ? ListGroup.Control : ListGroup.Target, Flag(csv.GetString(2)), Flag(csv.GetString(3)), csv.GetString(4) == "1");
        }

        static bool? Flag(string text) => text switch { "1" => true, "0" => false, _ => null };
    }

    /// <summary>The customers who do not want to be contacted again: for a do-not-contact list.</summary>
    public static IEnumerable<string> OptOuts(string path) => Read(path).Where(record => record.OptOut).Select(record => record.CustomerId);
}
