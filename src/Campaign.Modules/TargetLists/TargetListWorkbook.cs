using System.Globalization;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// The campaign team's workbook: Read me, Target list, Control group, Excluded, Counts, Outcome form, Column guide. Rows are streamed.
/// Text from the bank's file is always a text cell, ids included; there are no formulas, links, macros or merged cells.
/// </summary>
public static class TargetListWorkbook
{
    /// <param name="output">Need not be seekable; left open.</param>
    /// <param name="reasonsOf">Asked once for each listed customer, in the order of the list.</param>
    /// <param name="internalCopy">
    /// True: with the control group and the Group column. False: the copy for callers, who must not know whom the control group holds.
    /// </param>
    public static void Write(
        Stream output, TargetListSelection selection, ListFacts facts, Func<ListedCustomer, ListedReasons> reasonsOf, bool internalCopy)
    {
        using var writer = new XlsxWriter(output);
        WriteReadMe(writer, selection, facts, internalCopy);

        var listColumns = TargetListColumns.TargetList(facts, internalCopy);
        WriteCustomers(writer, "Target list", listColumns, selection.Listed.Select(customer => new ListRow(customer, reasonsOf(customer))));
        var guide = new List<(string Sheet, string Column, string Meaning)>(Describe("Target list", listColumns));
        if (internalCopy)
        {
            var controlColumns = TargetListColumns.Control(facts);
            WriteCustomers(writer, "Control group", controlColumns, selection.Control);
            guide.AddRange(Describe("Control group", controlColumns));
        }

        var excludedColumns = TargetListColumns.Excluded(facts);
        WriteCustomers(writer, "Excluded", excludedColumns, selection.Excluded);
        guide.AddRange(Describe("Excluded", excludedColumns));

        WriteCounts(writer, selection.Counts);

        var outcomeColumns = TargetListColumns.OutcomeForm(facts);
        WriteCustomers(writer, "Outcome form", outcomeColumns, selection.Listed, isForm: true);
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
        XlsxWriter writer, string name, IReadOnlyList<ListColumn<T>> columns, IEnumerable<T> customers, bool isForm = false)
    {
        var sheet = new XlsxSheet(name, [.. columns.Select(column => column.ToXlsx())], Protected: isForm);
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
            ("Budget", facts.Definition.Budget is { } budget ? XlsxValue.OfNumber(budget, CellStyle.FactWhole) : Words("none: every eligible customer")),
            ("Control group", Words(facts.Definition.ControlCount is { } kept ? $"{kept} customers" : string.Create(CultureInfo.InvariantCulture, $"{100 * facts.Definition.ControlShare:0.#} %"))),
            ("Customers to contact", XlsxValue.OfNumber(selection.Listed.Count, CellStyle.FactWhole)),
            ("Customers in the control group", XlsxValue.OfNumber(selection.Control.Count, CellStyle.FactWhole)),
            ("Customers excluded", XlsxValue.OfNumber(selection.Excluded.Count, CellStyle.FactWhole)),
            ("Customers without reasons (parts don't add up)", XlsxValue.OfNumber(selection.Counts.WithoutReasons, CellStyle.FactWhole)),
            .. facts.Contact is null ? [] : new[] { ("Contact", Words(facts.Contact)) },
            ("", default),
            ("What the list is", Words("Customers recorded normal whom the model finds as affluent as the bank's affluent customers. Candidates, not facts: a person decides.")),
            ("What it is not for", Words("Credit decisions, pricing, refusing a service, staff, minors.")),
            ("", default),
            ("From the file to the list", default),
            .. selection.Counts.Lines.Select(line => ($"{line.Name} ({line.Unit})", CountCell(line, CellStyle.FactWhole))),
        ];
        var isTitle = true;
        writer.WriteSheet(
            new XlsxSheet("Read me", [new("", 44), new("", 90)], Table: false),
            lines,
            (line, cells) =>
            {
                cells[0] = XlsxValue.OfText(line.Label, isTitle ? CellStyle.Title : CellStyle.Label);
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
            new XlsxSheet("Counts", [new("Gate", 40), new("Unit", 12), new("Count", 14), new("Lost at the next gate", 22)]),
            lines,
            (gate, cells) =>
            {
                cells[0] = XlsxValue.OfText(gate.Line.Name);
                cells[1] = XlsxValue.OfText(gate.Line.Unit);
                cells[2] = CountCell(gate.Line, CellStyle.Whole);
                cells[3] = gate.Loss is { } loss ? XlsxValue.OfNumber(loss) : XlsxValue.OfText("");
            });
    }

    private static XlsxValue CountCell(WaterfallLine line, CellStyle style) =>
        line.Left is { } left ? XlsxValue.OfNumber(left, style) : XlsxValue.OfText("not applied");

    private static XlsxValue Words(string text) => XlsxValue.OfText(text, CellStyle.WrappedText);
}
