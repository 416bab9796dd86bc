using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Campaign.Tests.Datasets;

/// <summary>Small workbooks made by hand, so that a test can break any part of them.</summary>
internal static class WorkbookBytes
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A workbook with these sheets; <paramref name="parts"/> are added, or replace parts of the same name.</summary>
    public static byte[] Of(IReadOnlyList<(string Name, string State, string Rows)> sheets, params (string Name, byte[] Content)[] parts)
    {
        Dictionary<string, byte[]> entries = new()
        {
            ["[Content_Types].xml"] = Utf8("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"),
            ["_rels/.rels"] = Utf8($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ["xl/workbook.xml"] = Utf8($"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>"),
            ["xl/_rels/workbook.xml.rels"] = Utf8($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}</Relationships>"),
        };
        for (var i = 0; i < sheets.Count; i++)
        {
            entries[$"xl/worksheets/sheet{i + 1}.xml"] = Utf8($"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[i].Rows}</sheetData></worksheet>");
        }

        foreach (var (name, content) in parts)
        {
            entries[name] = content;
        }

        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] OfCsv(string text, params (string Name, byte[] Content)[] parts) => Of([("Customers", "visible", Rows(text))], parts);

    /// <summary>A sheet's rows from a CSV without quotes; cells that read as numbers are numbers.</summary>
    public static string Rows(string csv)
    {
        var rows = new StringBuilder();
        var lines = csv.TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{i + 1}\">");
            var cells = lines[i].Split(',');
            for (var j = 0; j < cells.Length; j++)
            {
                rows.Append(Cell($"{(char)('A' + j)}{i + 1}", cells[j]));
            }

            rows.Append("</row>");
        }

        return rows.ToString();
    }

    private static string Cell(string reference, string text) =>
        text.Length == 0 ? ""
        : text[0] == '#' ? $"<c r=\"{reference}\" t=\"e\"><v>{text}</v></c>"
        : text[0] != '0' && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) ? $"<c r=\"{reference}\"><v>{text}</v></c>"
        : $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
