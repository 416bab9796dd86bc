using System.Globalization;
using System.IO.Compression;
using Campaign.Modules.TargetLists;
using Xunit;
using static Campaign.Tests.TargetLists.InventedList;

namespace Campaign.Tests.TargetLists;

public class XlsxWriterTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(25, 3)]
    public void A_table_longer_than_a_sheet_goes_on_in_the_next_one(int rowCount, int sheetCount)
    {
        var sheets = Sheets(Written(Enumerable.Range(1, rowCount), number => XlsxValue.OfNumber(number), rowsInSheet: 10));

        Assert.Equal(new[] { "Table", "Table 2", "Table 3" }.Take(sheetCount), sheets.Select(sheet => sheet.TableName));
        Assert.All(sheets, sheet => Assert.Equal("Header", Texts(sheets, sheet.TableName)[0][0]));
        Assert.Equal(Enumerable.Range(1, rowCount).Select(number => $"{number}"), sheets.SelectMany(sheet => Texts(sheets, sheet.TableName).Skip(1)).Select(row => row[0]));
        Assert.Equal(1_000_000, XlsxWriter.RowsInSheet);
    }

    [Fact]
    public void Texts_of_every_length_come_through_the_buffer_whole()
    {
        var random = new Random(4);
        string[] texts = [.. Enumerable.Range(0, 3000).Select(_ => Text(random)), new('x', XlsxText.MaximumCharacters), new('é', 32_766), new string('&', 32_000)];

        var read = Sheets(Written(texts, text => XlsxValue.OfText(text))).Single();

        Assert.Equal(texts, Texts([read], "Table").Skip(1).Select(row => row[0]));
    }

    [Fact]
    public void A_text_longer_than_a_cell_takes_is_cut_between_characters()
    {
        var emoji = string.Concat(Enumerable.Repeat("\uD83D\uDE00", 20_000));

        var read = Texts(Sheets(Written([emoji, "x" + emoji], text => XlsxValue.OfText(text))), "Table");

        Assert.Equal(emoji[..32_766], read[1][0]);
        Assert.Equal(("x" + emoji)[..32_767], read[2][0]);
    }

    [Fact]
    public void Numbers_are_read_back_exactly_and_what_is_none_is_blank()
    {
        double[] numbers = [0, -5, 0.1, 1.0 / 3, 1e-300, 1.7e308, 12_345_678_901_234, double.NaN, double.PositiveInfinity, 7];

        var read = Texts(Sheets(Written(numbers, number => XlsxValue.OfNumber(number))), "Table").Skip(1).Select(row => row[0]);

        Assert.Equal(numbers.Select(number => double.IsFinite(number) ? number.ToString(CultureInfo.InvariantCulture) : ""), read);
    }

    [Fact]
    public void Days_are_days_and_those_that_spreadsheets_do_not_know_are_text()
    {
        DateTime[] days = [new(2026, 3, 31), new(1900, 3, 1), new(1900, 2, 28), new(1854, 7, 4)];

        var read = Sheets(Written(days, day => XlsxValue.OfDate(day))).Single().Rows;

        Assert.Equal([days[0], days[1], "1900-02-28", "1854-07-04"], [read[1][0], read[2][0], read[3][0], read[4][0]]);
    }

    [Fact]
    public void The_output_need_not_be_seekable()
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            using var writer = new XlsxWriter(stream);
            writer.WriteSheet(new XlsxSheet("Table", [new("Header", 10)]), ["a"], (text, cells) => cells[0] = XlsxValue.OfText(text));
            writer.Finish("Title", DateTime.UnixEpoch);
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Decompress))
        {
            stream.CopyTo(unpacked);
        }

        Assert.Equal("a", Texts(Sheets(unpacked.ToArray()), "Table")[1][0]);
    }

    private static string Text(Random random)
    {
        const string letters = "abcdefghij &<>_é中\n'\"";
        return string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => letters[random.Next(letters.Length)]));
    }

    private static byte[] Written<T>(IEnumerable<T> rows, Func<T, XlsxValue> cell, int rowsInSheet = XlsxWriter.RowsInSheet)
    {
        using var stream = new MemoryStream();
        using (var writer = new XlsxWriter(stream, "foot & note", rowsInSheet))
        {
            writer.WriteSheet(new XlsxSheet("Table", [new("Header", 10)]), rows, (row, cells) => cells[0] = cell(row));
            writer.Finish("Title", DateTime.UnixEpoch);
        }

        return stream.ToArray();
    }
}
