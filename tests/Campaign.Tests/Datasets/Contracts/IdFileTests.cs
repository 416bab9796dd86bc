using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Datasets.Contracts;

public sealed class IdFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0012\n0007\n0012\n", "0012 0007 0012", "no header")]
    [InlineData("0012\r\n0007", "0012 0007", "no header")]
    [InlineData("customer_id\n0012\n0007\n", "0012 0007", "header 'customer_id' on line 1")]
    [InlineData("Do not contact\n0012\n0007\n", "0012 0007", "header 'Do not contact' on line 1")]
    [InlineData("\uFEFFCIF\n  0012 \n\"0007\"\n", "0012 0007", "header 'CIF' on line 1")]
    [InlineData("CIF0012\nCIF0007\n", "CIF0012 CIF0007", "no header")]
    [InlineData("anna\nbert\n", "anna bert", "no header")]
    [InlineData("name;cust_no;date\nA;0012;1\nB;0007;2\n", "0012 0007", "separated by semicolons, header 'cust_no' on line 1")]
    [InlineData("0012,\n0007,\n", "0012 0007", "no header")]
    [InlineData("sep=;\n0012;\n0007;\n", "0012 0007", "no header")]
    public void Ids_are_read_as_they_stand_from_one_column_or_several(string text, string ids, string readAs)
    {
        var file = Examine(text);

        Assert.Equal(ids.Split(' '), Read(file, out var counts));
        Assert.Equal((ids.Split(' ').Length, 0, 0), (counts.RowCount, counts.BlankCount, counts.RoundedCount));
        Assert.EndsWith(readAs, file.Describe(file.Column!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_above_the_header_is_an_id_rather_than_an_id_lost()
    {
        Assert.Equal(["Complaints 2026", "0012", "0007"], Read(Examine("Complaints 2026\nCustomer ID\n0012\n0007\n"), out _));
        Assert.Equal(["0001", "0012"], Read(Examine("0001\ncustomer_id\n0012\n"), out _));
    }

    [Fact]
    public void Numbers_of_a_workbook_are_texts_and_ids_that_it_rounded_are_counted()
    {
        var file = Examine(WorkbookBytes.OfCsv("cif\n12\n007\n1230000000000000000000\n"), "ids.xlsx");

        Assert.Equal(["12", "007", "1.23E+21"], Read(file, out var counts));
        Assert.Equal(1, counts.RoundedCount);
        Assert.Equal("Excel workbook, sheet 'Customers', header 'cif' on line 1", file.Describe(file.Column!));
    }

    [Fact]
    public void The_column_is_told_by_its_name_or_asked()
    {
        Assert.Equal("id", Examine("id,branch_id\n1,2\n3,4\n").Column!.Name);
        Assert.Null(Examine("customer_id,cif\n1,2\n3,4\n").Column);
        Assert.Equal("cif", Examine("customer_id,cif\n1,2\n3,4\n", "CIF").Column!.Name);
        Assert.Equal("kundennr", Examine("kundennr,filiale\n1,2\n3,4\n", "KundenNr").Column!.Name);

        var asked = Examine("0012,Kuching\n0007,Ipoh\n");
        Assert.Null(asked.Column);
        Assert.Equal([new IdFileColumn(0, "0012", "0007"), new IdFileColumn(1, "Kuching", "Ipoh")], asked.Columns);
        var ids = new List<string>();
        asked.Read(asked.Columns[0], id => ids.Add(Encoding.UTF8.GetString(id)));
        Assert.Equal(["0012", "0007"], ids);
    }

    [Fact]
    public void Rows_without_an_id_are_counted_with_the_first_line_but_not_the_blank_end()
    {
        Assert.Equal(["1", "2"], Read(Examine("id,why\n1,a\n,b\nN/A,c\n2,d\n,\n\n"), out var counts));
        Assert.Equal((2, 3), (counts.BlankCount, counts.FirstBlankLine));
        Read(Examine("id\n1\n2\n\n\n"), out var end);
        Assert.Equal(0, end.BlankCount);
    }

    [Theory]
    [InlineData("", "ids.csv", "The file is empty.")]
    [InlineData("\n,,\n", "ids.csv", "The file holds no ids.")]
    [InlineData("%PDF-1.7", "ids.csv", "The file is a PDF.")]
    [InlineData("plain text", "ids.xlsx", "The file's name ends in .xlsx, but it is not a workbook")]
    [InlineData("id\n\"12\n13\n14\n", "ids.csv", "Line 2: a quote opens")]
    [InlineData("id\n12\n\"1\n3\"\n", "ids.csv", "Line 3: the id there holds a line break")]
    public void A_file_that_can_not_be_read_is_refused_in_one_sentence(string text, string fileName, string sentence)
    {
        var refused = Assert.Throws<RefusedException>(() => Read(Examine(Encoding.UTF8.GetBytes(text), fileName), out _));

        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
    }

    private static List<string> Read(IdFile file, out IdFileCounts counts)
    {
        var ids = new List<string>();
        counts = file.Read(file.Column!, id => ids.Add(Encoding.UTF8.GetString(id)));
        return ids;
    }

    private IdFile Examine(string text, params string[] knownNames) => Examine(Encoding.UTF8.GetBytes(text), "ids.csv", knownNames);

    private IdFile Examine(byte[] bytes, string fileName, params string[] knownNames)
    {
        var path = _folder.Combine(Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, bytes);
        return IdFile.Examine(path, fileName, knownNames);
    }
}
