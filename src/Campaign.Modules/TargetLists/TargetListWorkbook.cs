using System.Globalization;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// The campaign team's workbook: Read me, Target list, Control group, Excluded, Counts, Outcome form, Column guide. Rows are streamed.
/// Text from the bank's file is always a text cell, ids included; there are no formulas, links, macros or merged cells.
/// </summary>
internal static class TargetListWorkbook
{
    private const string TargetListSheet = "Target list";

    /// <summary>List ID, Row no., Customer ID: in sight however far a person looks to the right.</summary>
    private const int IdColumns = 3;

    /// <summary>In front of a line that belongs to the one above.</summary>
    private const string Entry = "    ";

    /// <param name="output">Need not be seekable; left open.</param>
    /// <param name="reasonsOf">Asked once for each listed customer, in the order of the list.</param>
    /// <param name="internalCopy">
    /// True: with the control group and the Group column. False: the copy for callers, who must not know whom the control group holds.
    /// </param>
    /// <param name="rowsInSheet">Longer tables go on in a further sheet.</param>
    public static void Write(
        Stream output, TargetListSelection selection, ListFacts facts, ListValues values, Func<ListedCustomer, ListedReasons> reasonsOf, bool internalCopy,
        int rowsInSheet = XlsxWriter.RowsInSheet)
    {
        using var writer = new XlsxWriter(output, $"{facts.ListId} · do not forward", rowsInSheet);
        WriteReadMe(writer, selection, facts, internalCopy);

        var listColumns = TargetListColumns.TargetList(selection, facts, values, internalCopy);
        WriteCustomers(writer, TargetListSheet, listColumns, selection.Listed.Select(customer => new ListedRow(customer, reasonsOf(customer))), IdColumns);
        var guide = new List<(string Sheet, string Column, string Meaning)>(Describe(TargetListSheet, listColumns));
        if (internalCopy)
        {
            var controlColumns = TargetListColumns.Control(facts);
            WriteCustomers(writer, "Control group", controlColumns, selection.Control);
            guide.AddRange(Describe("Control group", controlColumns));
        }

        var excludedColumns = TargetListColumns.Excluded(facts);
        WriteCustomers(writer, "Excluded", excludedColumns, selection.Excluded.Where(customer => TargetListColumns.IsNamed(customer.Cause)));
        guide.AddRange(Describe("Excluded", excludedColumns));

        WriteCounts(writer, selection.Counts);

        var outcomeColumns = TargetListColumns.OutcomeForm(facts, values);
        WriteCustomers(writer, "Outcome form", outcomeColumns, selection.Listed, IdColumns, isForm: true);
        guide.AddRange(Describe("Outcome form", outcomeColumns));

        writer.WriteSheet(
            new XlsxSheet("Column guide", [new("Sheet", 16), new("Column", 18), new("Meaning", 110)]),
            guide,
            (line, cells) =>
            {
                cells[0] = XlsxValue.OfText(line.Sheet);
                cells[1] = XlsxValue.OfText(line.Column);
                cells[2] = XlsxValue.OfText(line.Meaning, CellStyle.WrappedText);
            });
        writer.Finish(facts.Name, facts.CreatedUtc);
    }

    private static void WriteCustomers<T>(
        XlsxWriter writer, string name, IReadOnlyList<ListColumn<T>> columns, IEnumerable<T> customers, int frozenColumns = 0, bool isForm = false)
    {
        var sheet = new XlsxSheet(name, [.. columns.Select(column => column.ToXlsx())], Protected: isForm, FrozenColumns: frozenColumns);
        writer.WriteSheet(sheet, customers, (customer, cells) =>
        {
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = columns[column].Cell(customer);
            }
        });
    }

    private static IEnumerable<(string Sheet, string Column, string Meaning)> Describe<T>(string sheet, IReadOnlyList<ListColumn<T>> columns) =>
        columns.Select(column => (sheet, column.Header, column.Meaning));

    private static void WriteReadMe(XlsxWriter writer, TargetListSelection selection, ListFacts facts, bool internalCopy)
    {
        (string Label, XlsxValue Value)[] lines =
        [
            (facts.Name, default),
            ("", XlsxValue.OfText("Do not forward. Contains personal data: for the named campaign only.", CellStyle.Warning)),
            ("List ID", XlsxValue.OfText(facts.ListId)),
            ("Purpose", Words(facts.Purpose)),
            ("Owner", Words(facts.Owner)),
            ("Approver", facts.Approver is null ? XlsxValue.OfText("not independently reviewed", CellStyle.Warning) : Words(facts.Approver)),
            ("Copy", Words(internalCopy ? "internal: names the control group" : "for callers: without the control group")),
            ("Created (UTC)", XlsxValue.OfDate(facts.CreatedUtc, CellStyle.FactDate)),
            ("Valid until", XlsxValue.OfDate(facts.ValidUntilUtc, CellStyle.FactDate)),
            ("Model", Words(facts.Model)),
            ("Model version", Words(facts.ModelVersion)),
            ("Threshold (0-100)", XlsxValue.OfNumber(100 * facts.Threshold, CellStyle.FactScore)),
            ("How the threshold was chosen", Words(facts.ThresholdReason)),
            ("Data file", Words(facts.FileName)),
            ("Data file received (UTC)", XlsxValue.OfDate(facts.FileReceivedUtc, CellStyle.FactDate)),
            ("Fingerprint (SHA-256)", Words(facts.Fingerprint)),
            ("Consent", ConsentInWords(facts.Definition.Consent)),
            .. selection.Counts.Segments.Select(segment => ($"Segment: {segment.Name}", Words(segment.Rule))),
            ("Budget", facts.Definition.Budget is { } budget ? XlsxValue.OfNumber(budget, CellStyle.FactWhole) : Words("none: every eligible customer")),
            ("Control group", Words(facts.Definition.ControlCount is { } kept ? $"{kept} customers" : string.Create(CultureInfo.InvariantCulture, $"{100 * facts.Definition.ControlShare:0.#} %"))),
            ("Customers to contact", XlsxValue.OfNumber(selection.Listed.Count, CellStyle.FactWhole)),
            .. writer.SheetCount(selection.Listed.Count) is var sheets and > 1
                ? new[] { ("Sheets of the target list", Words(string.Create(CultureInfo.InvariantCulture, $"{sheets}: '{TargetListSheet}' to '{XlsxWriter.SheetName(TargetListSheet, sheets)}'; its {selection.Listed.Count:N0} rows are all there"))) }
                : [],
            ("Customers in the control group", XlsxValue.OfNumber(selection.Control.Count, CellStyle.FactWhole)),
            ("Customers excluded", XlsxValue.OfNumber(selection.Excluded.Count, CellStyle.FactWhole)),
            .. selection.Excluded.CountBy(customer => customer.Cause).OrderBy(pair => pair.Key).Select(pair => (
                $"{Entry}{TargetListColumns.CauseInWords(pair.Key)}{(TargetListColumns.IsNamed(pair.Key) ? "" : ": counted only, not named")}",
                XlsxValue.OfNumber(pair.Value, CellStyle.FactWhole))),
            ("Customers without reasons (parts don't add up)", XlsxValue.OfNumber(selection.Counts.WithoutReasons, CellStyle.FactWhole)),
            .. facts.Contact is null ? [] : new[] { ("Contact", Words(facts.Contact)) },
            ("", default),
            ("What the list is", Words("Customers recorded normal whom the model finds as affluent as the bank's affluent customers. Candidates, not facts: a person decides.")),
            ("What it is not for", Words("Credit decisions, pricing, refusing a service, staff, minors.")),
            ("", default),
            ("From the file to the list", Words("rows until 'recorded normal', then customers")),
            .. selection.Counts.Lines.Select(line => (Entry + line.Name, line.Left is { } left ? XlsxValue.OfNumber(left, CellStyle.FactWhole) : Words($"not applied: {line.WhyNotApplied}"))),
        ];
        var isTitle = true;
        writer.WriteSheet(
            new XlsxSheet("Read me", [new("", 44), new("", 90)], Table: false),
            lines,
            (line, cells) =>
            {
                cells[0] = XlsxValue.OfText(
                    line.Label, isTitle ? CellStyle.Title : line.Label.StartsWith(Entry, StringComparison.Ordinal) ? CellStyle.Text : CellStyle.Label);
                cells[1] = line.Value.Style == CellStyle.Default ? XlsxValue.OfText("") : line.Value;
                isTitle = false;
            });
    }

    private static void WriteCounts(XlsxWriter writer, ListCounts counts)
    {
        var lines = counts.Lines.Select((line, place) =>
        {
            var next = counts.Lines.Skip(place + 1).FirstOrDefault(later => later.Left is not null);
            return (Line: line, Loss: line.Left - next?.Left);
        });
        writer.WriteSheet(
            new XlsxSheet("Counts", [new("Gate", 40), new("Unit", 12), new("Count", 14), new("Lost at the next gate", 18), new("Note", 50)], Chart: CountsChart(counts)),
            lines,
            (gate, cells) =>
            {
                cells[0] = XlsxValue.OfText(gate.Line.Name);
                cells[1] = XlsxValue.OfText(gate.Line.Unit);
                cells[2] = gate.Line.Left is { } left ? XlsxValue.OfNumber(left) : XlsxValue.OfText("not applied", CellStyle.Absent);
                cells[3] = gate.Loss is { } loss ? XlsxValue.OfNumber(loss) : XlsxValue.OfText("");
                cells[4] = Words(gate.Line.WhyNotApplied ?? "");
            });
    }

    /// <summary>The gates that are applied, below the table.</summary>
    private static XlsxBarChart CountsChart(ListCounts counts)
    {
        const int firstRow = 2;
        var bars = counts.Lines.Index()
            .Where(line => line.Item.Left is not null)
            .Select(line => new XlsxBar(line.Index + firstRow, line.Item.Name, line.Item.Left!.Value));
        var top = counts.Lines.Count + firstRow;
        return new("From the file to the list", "Gate", "Rows or customers left", "A", "C", [.. bars], Corner: (0, top), OppositeCorner: (5, top + 24));
    }

    private static XlsxValue ConsentInWords(ConsentRule consent) => consent.Channels.Count > 0
        ? Words($"by the data file, for {string.Join(", ", consent.Channels.Select(channel => ContactChannel.InWords(channel.Channel)))}")
        : XlsxValue.OfText("not in the data file: check it for each customer before contact", CellStyle.Warning);

    private static XlsxValue Words(string text) => XlsxValue.OfText(text, CellStyle.WrappedText);
}
