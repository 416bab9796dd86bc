using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Segments;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Segments;

public sealed class SegmentOracleTests : IDisposable
{
    private static readonly JsonElement Reference = OracleSample.Reference("segments.json");

    private readonly InventedTable _invented;
    private readonly SegmentCustomers _customers;

    public SegmentOracleTests()
    {
        string[] group = [.. Reference.GetProperty("group").EnumerateArray().Select(value => value.GetString()!)];
        _invented = new InventedTable(
            ("tier", ColumnKind.Number, Floats("tier")), ("decade", ColumnKind.Number, Floats("decade")), ("age", ColumnKind.Number, Floats("age")),
            ("savings", ColumnKind.Number, Floats("savings")), ("job", ColumnKind.Category, Reference.GetProperty("job").EnumerateArray().Select(value => value.GetString()).ToArray()));
        _customers = SegmentCustomers.Of(
            [.. group.Select(name => name == "typical" ? 0.1 : 0.9)], [.. group.Select(name => name == "known")],
            CustomerIndex.Of([.. Enumerable.Range(0, group.Length)]), new OperatingThreshold(0.5));
    }

    [Theory]
    [InlineData("tier")]
    [InlineData("decade")]
    public void The_best_split_is_scikit_learns(string column)
    {
        var normals = Enumerable.Range(0, _customers.Count).Where(customer => _customers.Groups[customer] != CustomerGroup.KnownAffluent).ToArray();
        var coded = CodedColumn.Of(_invented.Table, _invented.Table.IndexOf(column), normals, bandCount: 60, mostCategories: 10);
        var tree = new SegmentTree([coded], [.. normals.Select(customer => _customers.Groups[customer] == CustomerGroup.HiddenAffluent)], new ParallelOptions());
        var expected = Reference.GetProperty("split").GetProperty(column);
        var chiSquare = expected.GetProperty("gain").GetDouble() / (198.0 / 756 * (1 - (198.0 / 756)));

        var split = tree.BestOfAll();

        if (chiSquare < 10.83)
        {
            Assert.Null(split);
            return;
        }

        Assert.Equal(expected.GetProperty("gain").GetDouble(), split!.Value.Gain, 1e-9);
        Assert.Equal($"{column} at least {expected.GetProperty("upper").GetDouble()}", coded.Bands(split.Value.From, coded.MissingBin).Words);
    }

    [Theory]
    [InlineData(CustomerGroup.KnownAffluent, "known")]
    [InlineData(CustomerGroup.TypicalNormal, "typical")]
    public void Differences_and_medians_are_pandas(CustomerGroup other, string name)
    {
        var columns = ColumnByGroup.ForAll(_invented.Table, _customers, ["age", "savings", "job"], threadCount: 2);

        foreach (var column in columns.Take(2))
        {
            Assert.Equal(Number("differences", name, column.Column), column.Against(other).Difference, 1e-6);
            Assert.Equal(Number("medians", column.Column, name), column.ValuesOf(other).Median, 1e-3);
            Assert.Equal(Number("medians", column.Column, "hidden"), column.ValuesOf(CustomerGroup.HiddenAffluent).Median, 1e-3);
        }

        var pilots = columns[2].Bins.Single(bin => bin.Words == "pilot");
        Assert.Equal(Number("differences", name, "pilot"), ColumnContrast.DifferenceOf(pilots.Hidden, pilots.Of(other)), 1e-9);
    }

    [Fact]
    public void Lifts_are_exact_and_their_error_is_the_bootstraps()
    {
        foreach (var expected in Reference.GetProperty("lifts").EnumerateArray())
        {
            long Count(string name) => expected.GetProperty(name).GetInt64();
            var lift = GroupLift.Of(Count("both"), Count("group"), Count("members"), Count("all"));

            Assert.Equal(expected.GetProperty("lift").GetDouble(), lift.Lift, 1e-12);
            var logError = (Math.Log(lift.Interval.High) - Math.Log(lift.Interval.Low)) / (2 * 1.959963984540054);
            Assert.InRange(logError / expected.GetProperty("bootstrapLogError").GetDouble(), 0.9, 1.1);
        }
    }

    [Fact]
    public void A_segments_share_has_statsmodels_wilson_interval()
    {
        var count = _customers.CountMatching(new SegmentRule([new NumberCondition("savings", 12_000, FromCounts: false, null, ToCounts: false)]), _invented.Table);

        var interval = WilsonInterval.Of(count.HiddenShare);

        Assert.Equal(Reference.GetProperty("wilson").GetProperty("low").GetDouble(), interval.Low, 1e-9);
        Assert.Equal(Reference.GetProperty("wilson").GetProperty("high").GetDouble(), interval.High, 1e-9);
    }

    public void Dispose() => _invented.Dispose();

    private static float[] Floats(string name) => [.. Reference.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    private static double Number(string first, string second, string third) => Reference.GetProperty(first).GetProperty(second).GetProperty(third).GetDouble();
}
