using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>The sample bank against the published profile of such a file.</summary>
public sealed class SampleBankTests
{
    private const int RowCount = 20_000;

    private static readonly Lazy<(string[][] Rows, string[][] Truth)> Sample = new(() => Write(RowCount, 0.3, seed: 1));

    [Theory]
    [InlineData("C_EDU", 0.58)]
    [InlineData("C_HSE", 0.66)]
    [InlineData("INCM_TYP", 0.45)]
    [InlineData("CASATD_CNT", 0.36)]
    [InlineData("MTHCASA", 0.41)]
    [InlineData("DRvCR", 0.55)]
    [InlineData("MAXTD", 0.79)]
    [InlineData("HL_tag", 0.96)]
    [InlineData("AL_tag", 0.92)]
    [InlineData("pur_price_avg", 0.92)]
    [InlineData("N_FUNDS", 0.965)]
    [InlineData("CC_AVE", 0.74)]
    [InlineData("ANN_TRN_AMT", 0.82)]
    [InlineData("CC_LMT", 0.28)]
    public void A_column_misses_as_many_cells_as_the_real_file(string column, double share) =>
        Assert.InRange(Column(column).Average(cell => cell.Length == 0 ? 1 : 0), share - 0.02, share + 0.02);

    [Theory]
    [InlineData("1", 0.36, 0.04)]
    [InlineData("2", 0.34, 0.11)]
    [InlineData("3", 0.20, 0.30)]
    [InlineData("4", 0.08, 0.46)]
    public void Products_are_as_frequent_and_as_telling_as_in_the_real_file(string products, double share, double affluentShare)
    {
        var classes = Column("NUM_PRD").Zip(Column("C_seg")).Where(row => row.First == products).Select(row => row.Second == "AFFLUENT" ? 1 : 0).ToArray();
        Assert.InRange((double)classes.Length / RowCount, share - 0.05, share + 0.03);
        Assert.InRange(classes.Average(), affluentShare - 0.05, affluentShare + 0.05);
    }

    [Fact]
    public void It_has_the_real_files_quirks()
    {
        Assert.Contains("Asset value", SampleCustomer.Header);
        Assert.Contains("122", Column("C_AGE"));
        Assert.Equal(["", "1.0"], Column("HL_tag").Distinct().Order(StringComparer.Ordinal));
        Assert.True(Column("C_ID").Distinct().Count() < RowCount);
        Assert.InRange(Column("Asset value").Average(cell => cell == "0.0" ? 1 : 0), 0.32, 0.40);
        Assert.InRange(Column("C_AGE").Select(Number).Order().ElementAt(RowCount / 2), 51, 53);
    }

    [Fact]
    public void The_truth_knows_the_hidden_and_the_less_obvious_are_hidden_more_often()
    {
        var (rows, truth) = Sample.Value;
        Assert.Equal(RowCount, truth.Length);
        var hidden = truth.Select(line => line[3] == "1").ToArray();
        var affluent = truth.Select(line => line[2] == "affluent").ToArray();
        Assert.Equal(0.3, (double)hidden.Count(is_ => is_) / affluent.Count(is_ => is_), 3);
        for (var row = 0; row < RowCount; row++)
        {
            Assert.Equal((row + 1).ToString(CultureInfo.InvariantCulture), truth[row][0]);
            Assert.Equal(rows[row][0], truth[row][1]);
            Assert.Equal(affluent[row] && !hidden[row], rows[row][^1] == "AFFLUENT");
        }

        var assets = Column("Asset value").Select(Number).ToArray();
        var hiddenAssets = Enumerable.Range(0, RowCount).Where(row => hidden[row]).Average(row => assets[row]);
        var recordedAssets = Enumerable.Range(0, RowCount).Where(row => affluent[row] && !hidden[row]).Average(row => assets[row]);
        Assert.True(hiddenAssets < 0.8 * recordedAssets, $"{hiddenAssets} against {recordedAssets}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Bytes(seed: 5), Bytes(seed: 5));
        Assert.NotEqual(Bytes(seed: 5), Bytes(seed: 6));

        static byte[] Bytes(int seed)
        {
            using var file = new MemoryStream();
            new SampleBank(500, 0.3, seed).Write(file, null);
            return file.ToArray();
        }
    }

    [Theory]
    [InlineData(99, 0.3)]
    [InlineData(1000, 0.9)]
    [InlineData(1000, -0.1)]
    [InlineData(1000, double.NaN)]
    public void A_number_out_of_range_is_refused(int rowCount, double hiddenShare) =>
        Assert.Throws<RefusedException>(() => new SampleBank(rowCount, hiddenShare, 1));

    private static string[] Column(string name)
    {
        var position = SampleCustomer.Header.Split(',').ToList().IndexOf(name);
        return [.. Sample.Value.Rows.Select(row => row[position])];
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static (string[][] Rows, string[][] Truth) Write(int rowCount, double hiddenShare, int seed)
    {
        using var file = new MemoryStream();
        using var truth = new MemoryStream();
        new SampleBank(rowCount, hiddenShare, seed).Write(file, truth);
        return (Lines(file), Lines(truth));
    }

    private static string[][] Lines(MemoryStream stream) =>
        [.. Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(','))];
}
