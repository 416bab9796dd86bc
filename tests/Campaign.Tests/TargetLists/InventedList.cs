using System.Data;
using System.Globalization;
using System.Text;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.TargetLists;
using ExcelDataReader;

namespace Campaign.Tests.TargetLists;

/// <summary>A built list of invented customers, plain or with everything that a list can show, and its workbook read back.</summary>
internal static class InventedList
{
    internal static readonly ListFacts Facts = new(
        "TL-1A2B3C4D", "Spring wealth & <trial>", "Invite to a first meeting", "Marketing", null, new DateTime(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc),
        new DateTime(2026, 3, 16, 9, 30, 0, DateTimeKind.Utc), "Spring run", "7f3a", 0.125,
        "Finds at least 90 % of the known affluents, 95 % sure (rests on 812 known affluents, 745 kept)", "customers 2026.csv",
        new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc), new string('a', 64), Asked(null), null);

    /// <summary>With a campaign code.</summary>
    internal static ListFacts FullFacts { get; } = Facts with { Definition = Asked(null) with { CampaignCode = "SPR-26" }, Approver = "Compliance", Contact = "campaigns@bank.example" };

    /// <summary>Every value that a list can show, told by the customer's row.</summary>
    internal static ListValues FullValues(int rowCount, Func<int, string>? text = null) => new()
    {
        Shown = [.. Enum.GetValues<ListField>().Select(field => new ShownColumn(field, $"BANK_{field}", row => field switch
        {
            ListField.LastContacted => XlsxValue.OfDate(new DateTime(2025, 12, 31).AddDays(-row % 100)),
            ListField.ContactsIn30Days or ListField.Tenure => XlsxValue.OfNumber(row % 30 / 2.0, CellStyle.Number),
            _ => XlsxValue.OfText(text is null ? $"{field} {row % 7}" : text(row)),
        }))],
        Consents =
        [
            .. ContactChannel.Each.Select(channel => new ShownConsent(channel, row => XlsxValue.OfDate(new DateTime(2024, 1, 1).AddDays(row % 500)))),
        ],
        Money = new ListMoney(new RunMoney("RM", 12_000, 45.5, 0.05, "Marketing", default), [.. Enumerable.Range(0, rowCount).Select(row => 1 - (row / (double)rowCount))]),
        Offers = new Dictionary<string, SegmentOffer> { ["Savers"] = new("Time deposit", "Your savings can earn more."), ["Funds"] = new("Unit trust", "") },
    };

    internal static ListDefinition Asked(int? budget) => new() { Budget = budget, Consent = new() { CheckedElsewhere = ContactChannels.Call } };

    internal static ListedReasons Reasons(ListedCustomer customer) => new(
        [$"Reason 1 of row {customer.Row}", "=2+2", "Balance is high (120,000; typical 8,000)"], [$"Against 1 of row {customer.Row}"]);

    /// <summary>From the highest score down; with a budget of eight in ten, or of all where the ids are given.</summary>
    internal static TargetListSelection Selection(int customerCount, string[]? ids = null)
    {
        int? budget = ids is null ? Math.Max(1, customerCount * 8 / 10) : null;
        var scores = Enumerable.Range(0, customerCount).Select(row => 0.9 - (0.4 * row / customerCount)).ToArray();
        ids ??= [.. scores.Select((_, row) => $"invented-{row:0000000}")];
        var customers = new RecordedCustomers(new bool[customerCount], [.. Enumerable.Range(0, customerCount)], ids);
        return TargetListBuilder.Build(new TargetListInputs(scores, new int[customerCount], 5, customers, 0, new OperatingThreshold(0.5), Asked(budget)));
    }

    /// <summary>Every customer in a segment, a wave and a cell; those with an even row may be e-mailed too.</summary>
    internal static TargetListSelection Full(TargetListSelection selection, Func<int, string>? text = null) => selection with
    {
        Listed = [.. selection.Listed.Select(customer => customer with
        {
            Segment = text is null ? (customer.Row % 2 == 0 ? "Savers" : "Funds") : text(customer.Row),
            Wave = text is null ? $"Wave {customer.Row % 3}" : text(customer.Row),
            Cell = text is null ? "Offer A" : text(customer.Row),
            Allowed = customer.Row % 2 == 0 ? ContactChannels.Call | ContactChannels.Email : ContactChannels.Call,
            BestChannel = ContactChannels.Call,
        })],
    };

    internal static byte[] Build(int customerCount, bool internalCopy = true, string[]? ids = null)
    {
        using var stream = new MemoryStream();
        TargetListWorkbook.Write(stream, Selection(customerCount, ids), Facts, new ListValues(), Reasons, internalCopy);
        return stream.ToArray();
    }

    internal static byte[] BuildFull(int customerCount, bool internalCopy = true, int rowsInSheet = XlsxWriter.RowsInSheet)
    {
        using var stream = new MemoryStream();
        TargetListWorkbook.Write(stream, Full(Selection(customerCount)), FullFacts, FullValues(customerCount), Reasons, internalCopy, rowsInSheet);
        return stream.ToArray();
    }

    internal static DataTable[] Sheets(byte[] workbook)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(workbook));
        var sheets = new List<DataTable>();
        do
        {
            var sheet = new DataTable(reader.Name);
            while (reader.Read())
            {
                while (sheet.Columns.Count < reader.FieldCount)
                {
                    sheet.Columns.Add("", typeof(object));
                }

                sheet.Rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            }

            sheets.Add(sheet);
        }
        while (reader.NextResult());
        return [.. sheets];
    }

    /// <summary>Every cell as text: numbers with a point, days as 2026-03-31, blank cells empty.</summary>
    internal static List<string[]> Texts(DataTable[] sheets, string name) =>
        [.. sheets.Single(sheet => sheet.TableName == name).Rows.Cast<DataRow>().Select(row => row.ItemArray.Select(InWords).ToArray())];

    private static string InWords(object? cell) => cell switch
    {
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };
}
