using System.Text;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Support;
using Xunit;
using static Campaign.Tests.TargetLists.InventedList;

namespace Campaign.Tests.TargetLists;

public class TargetListCsvTests
{
    [Fact]
    public void The_csv_has_the_columns_rows_and_order_of_the_callers_workbook()
    {
        var sheet = Texts(Sheets(BuildFull(40, internalCopy: false)), "Target list");

        var csv = Parse(Written(Full(Selection(40)), FullFacts, FullValues(40)));

        Assert.Equal(sheet.Select(row => string.Join('|', row)), csv.Select(row => string.Join('|', row)).Select(line => line.Replace("|'=2+2|", "|=2+2|", StringComparison.Ordinal)));
        Assert.Equal(Selection(40).Listed.Count, csv.Count - 1);
    }

    [Fact]
    public void It_is_utf8_with_a_mark_and_its_lines_end_as_rfc_4180_asks()
    {
        var bytes = Written(Selection(3, ["é", "中", "c"]), Facts, new ListValues());

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("中", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(character => character == '\n'), text.Count(character => character == '\r'));
    }

    [Fact]
    public void No_hostile_text_begins_a_cell_as_a_formula_whatever_separates_the_cells()
    {
        var payloads = HostileTexts.Many(3000);
        string[] ids = [.. payloads.Select((payload, place) => $"{payload}{place}")];
        var bytes = Written(Selection(ids.Length, ids), Facts with { Definition = Asked(null) with { CampaignCode = "=1+1" } }, new ListValues());

        var rows = Parse(bytes);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.All(rows.SelectMany(row => row), cell => Assert.False(StartsFormula(cell), cell));

        // By a program that parts cells at semicolons or tabs, quotes or not.
        foreach (var cell in Encoding.UTF8.GetString(bytes).Split(';', '\t', '\n'))
        {
            Assert.False(StartsFormula(cell.TrimStart('"')), cell);
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-5", "'-5")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a;\"=1", "\"a;\"\"'=1\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("a\u0000\u001B\u0085b", "ab")]
    [InlineData("2 - 1 = 1; -5", "\"2 - 1 = 1; -5\"")]
    [InlineData("e-mail@bank", "e-mail@bank")]
    [InlineData("", "")]
    public void A_text_is_made_safe_and_quoted_only_where_it_must_be(string text, string cell) => Assert.Equal(cell, CsvText.Safe(text));

    [FactWithTool("soffice")]
    public async Task LibreOffice_evaluates_nothing_of_the_csv()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Combine("list.csv"), Written(Full(Selection(20, [.. HostileTexts.Many(20)])), FullFacts, FullValues(20)));
        await Tool.RunAsync(
            "soffice", "--headless", "--norestore", $"-env:UserInstallation=file://{folder.Combine("profile")}", "--convert-to", "fods", "--outdir", folder.Path, folder.Combine("list.csv"));

        Assert.DoesNotContain("table:formula", await File.ReadAllTextAsync(folder.Combine("list.fods")), StringComparison.Ordinal);
    }

    private static bool StartsFormula(string cell) => cell.Length > 0 && "=+-@＝＋－＠".Contains(cell[0], StringComparison.Ordinal);

    private static byte[] Written(TargetListSelection selection, ListFacts facts, ListValues values)
    {
        using var stream = new MemoryStream();
        TargetListCsv.Write(stream, selection, facts, values, Reasons);
        return stream.ToArray();
    }

    /// <summary>By RFC 4180, without the byte order mark.</summary>
    private static List<string[]> Parse(byte[] csv)
    {
        var text = Encoding.UTF8.GetString(csv.AsSpan(3));
        List<string[]> rows = [];
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' when quoted && at + 1 < text.Length && text[at + 1] == '"':
                    cell.Append(text[at++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted:
                    at++;
                    rows.Add([.. cells, cell.ToString()]);
                    cells.Clear();
                    cell.Clear();
                    break;
                default:
                    cell.Append(text[at]);
                    break;
            }
        }

        return rows;
    }
}
