using System.Text;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Reading;

public sealed class TextEncodingsTests
{
    private const string Simplified = "客户编号,年龄,职业,住址,类别\n1001,35,中学教师,上海市浦东新区世纪大道,普通\n1002,52,软件工程师,深圳市南山区科技园,富裕\n1003,41,医生,北京市朝阳区建国路,普通\n";
    private const string Traditional = "客戶編號,年齡,職業,住址,類別\n1001,35,中學教師,台北市信義區市府路,普通\n1002,52,軟體工程師,高雄市前鎮區中山路,富裕\n1003,41,醫生,新北市板橋區文化路,普通\n";
    private const string Korean = "고객번호,나이,직업,주소,등급\n1001,35,교사,서울특별시 강남구 역삼동 테헤란로,일반\n1002,52,회사원,부산광역시 해운대구 우동,우수\n";
    private const string Japanese = "顧客番号,年齢,職業,住所,区分\n1001,35,教師,東京都新宿区にししんじゅく,ふつう\n1002,52,エンジニア,大阪府大阪市きたく,ゆうりょう\n";

    static TextEncodingsTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("gb18030", Simplified, TextEncodings.GbkName)]
    [InlineData("big5", Traditional, TextEncodings.Big5Name)]
    public void Chinese_files_are_read_where_their_bytes_are_convincing(string encoding, string text, string name)
    {
        using var folder = new ReadingFolder(Encoding.GetEncoding(encoding).GetBytes(text));

        var file = folder.Examine();

        Assert.Equal((name, false), (file.Dialect.Encoding, file.EncodingIsCertain));
        Assert.Equal(text.Split('\n')[0].Split(','), file.Columns);
        Assert.Equal(text.Split('\n')[2].Split(','), file.Sample[1]);
        Assert.True(folder.Examine(new(Encoding: name)).EncodingIsCertain);
    }

    [Theory]
    [InlineData("euc-kr", Korean)]
    [InlineData("euc-jp", Japanese)]
    [InlineData("shift_jis", Japanese)]
    public void Other_eastern_encodings_are_refused_rather_than_read_wrong(string encoding, string text)
    {
        using var folder = new ReadingFolder(Encoding.GetEncoding(encoding).GetBytes(text));

        Assert.StartsWith("Line 1: a byte there belongs to no encoding", folder.Refusal(ReadingChoices.Find), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1250", TextEncodings.Windows1250Name, "Łódź")]
    [InlineData("windows-1251", TextEncodings.Windows1251Name, "Москва")]
    [InlineData("windows-1254", TextEncodings.Windows1254Name, "İzmir")]
    [InlineData("windows-1252", TextEncodings.Windows1252Name, "Málaga")]
    [InlineData("utf-16BE", TextEncodings.Utf16BigName, "Москва")]
    public void A_chosen_encoding_is_used(string encoding, string name, string city)
    {
        using var folder = new ReadingFolder(Encoding.GetEncoding(encoding).GetBytes($"id,city\n1,{city}\n2,{city}\n"));

        Assert.Equal(city, folder.Examine(new(Encoding: name)).Sample[0][1]);
    }

    [Theory]
    [InlineData(TextEncodings.Utf8Name, "Line 3: the bytes there are no characters in UTF-8.")]
    [InlineData(TextEncodings.Big5Name, "Line 3: the bytes there are no characters in Big5.")]
    [InlineData(TextEncodings.Windows1252Name, "Line 3: the bytes there are no characters in Windows-1252.")]
    [InlineData("EBCDIC", "'EBCDIC' is no encoding that files are read in.")]
    public void A_chosen_encoding_that_the_bytes_do_not_fit_is_refused_with_their_line(string name, string sentence)
    {
        using var folder = new ReadingFolder([.. "id,city\n1,a\n2,"u8, 0x81, 0x20, .. "\n3,b\n"u8]);

        Assert.StartsWith(sentence, folder.Refusal(new(Encoding: name)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_unicode_is_certain_without_a_person()
    {
        using var western = new ReadingFolder(Encoding.GetEncoding(1252).GetBytes("id,city\n1,Málaga\n2,Köln\n"));
        using var unicode = new ReadingFolder("id,city\n1,Málaga\n2,Köln\n");

        Assert.Equal((TextEncodings.Windows1252Name, false), (western.Examine().Dialect.Encoding, western.Examine().EncodingIsCertain));
        Assert.True(unicode.Examine().EncodingIsCertain);
    }
}
