using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Names the approver in a workbook that was written before there was one. Only the Read me sheet is written anew: the other parts keep their
/// compressed bytes, so a list of any length takes no longer than its copy.
/// </summary>
internal static class WorkbookApprover
{
    /// <summary>Of the Read me sheet, which is the first.</summary>
    private const string ReadMePart = "xl/worksheets/sheet1.xml";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false) };

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <param name="path">A workbook of <see cref="TargetListWorkbook"/>, changed in place.</param>
    public static void Write(string path, string approver)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        var part = zip.GetEntry(ReadMePart) ?? throw Unknown();
        var written = part.LastWriteTime;
        using (var stream = part.Open())
        {
            var sheet = XDocument.Load(stream, LoadOptions.PreserveWhitespace);
            var cell = ValueOf(sheet, "Approver");

            // In the style of a name, not of the warning that stood there.
            cell.SetAttributeValue("s", ValueOf(sheet, "Owner").Attribute("s")?.Value);
            cell.Descendants(Main + "t").Single().ReplaceWith(XElement.Parse($"""<t xmlns="{Main}" xml:space="preserve">{XlsxText.Encode(approver)}</t>"""));
            stream.SetLength(0);
            using var writer = XmlWriter.Create(stream, Settings);
            sheet.Save(writer);
        }

        part.LastWriteTime = written;
    }

    /// <summary>The cell to the right of a label.</summary>
    private static XElement ValueOf(XDocument sheet, string label) =>
        sheet.Descendants(Main + "row")
            .Select(row => row.Elements(Main + "c").ToList())
            .SingleOrDefault(cells => cells.Count == 2 && cells[0].Descendants(Main + "t").SingleOrDefault()?.Value == label)?[1] ?? throw Unknown();

    private static InvalidDataException Unknown() => new("The Read me sheet is not as it is written.");
}
