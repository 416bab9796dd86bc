using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Campaign.Modules.TargetLists;

/// <summary>Counts what a written workbook holds, from its bytes: a file that came out short must not leave.</summary>
internal static class WorkbookRows
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <param name="table">A sheet with a header row, and the further sheets that its rows go on in ('Name 2').</param>
    /// <returns>Rows below the headers.</returns>
    public static int Count(Stream workbook, string table)
    {
        using var zip = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true);
        using var names = zip.GetEntry("xl/workbook.xml")!.Open();
        var rowCount = 0;
        foreach (var (name, index) in XDocument.Load(names).Descendants(Main + "sheet").Select((sheet, index) => (sheet.Attribute("name")!.Value, index)))
        {
            if (name == table || (name.StartsWith(table + " ", StringComparison.Ordinal) && name[(table.Length + 1)..].All(char.IsAsciiDigit)))
            {
                using var part = zip.GetEntry($"xl/worksheets/sheet{index + 1}.xml")!.Open();
                rowCount += RowElements(part) - 1;
            }
        }

        return rowCount;
    }

    private static int RowElements(Stream part)
    {
        using var reader = XmlReader.Create(part);
        var count = 0;
        var more = reader.ReadToFollowing("row");
        while (more)
        {
            count++;
            reader.Skip();
            more = (reader.NodeType == XmlNodeType.Element && reader.LocalName == "row") || reader.ReadToFollowing("row");
        }

        return count;
    }
}
