using System.Text.Json;
using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Xunit;

namespace Campaign.Tests.Learning.Profiles;

/// <summary>Against tests/oracle/profile.py: numpy, scipy, pandas and scikit-learn on the same invented sample with missing values.</summary>
public sealed class ProfileOracleTests : IDisposable
{
    private static readonly JsonElement Reference = OracleSample.Reference("profile.json");
    private readonly InventedTable _sample;
    private readonly DatasetProfile _profile;

    public ProfileOracleTests()
    {
        var numbers = Reference.GetProperty("numbers").EnumerateObject().Select(column => (
            column.Name,
            column.Name == "since" ? ColumnKind.Date : ColumnKind.Number,
            (Array)column.Value.EnumerateArray().Select(cell => (float)Number(cell)).ToArray()));
        var categories = Reference.GetProperty("categories").EnumerateObject().Select(column => (
            column.Name, ColumnKind.Category, (Array)column.Value.EnumerateArray().Select(cell => cell.GetString()).ToArray()));
        _sample = new InventedTable([.. numbers, .. categories]);
        bool[] affluent = [.. Reference.GetProperty("affluent").EnumerateArray().Select(cell => cell.GetBoolean())];
        _profile = ProfileBuilder.Build(_sample.Table, affluent, [.. _sample.Table.Columns.Select(column => column.Name)], threadCount: 2);
    }

    public static TheoryData<string> NumberNames => [.. Reference.GetProperty("numbers").EnumerateObject().Select(column => column.Name)];

    public static TheoryData<string> CategoryNames => [.. Reference.GetProperty("categories").EnumerateObject().Select(column => column.Name)];

    public void Dispose() => _sample.Dispose();

    [Theory]
    [MemberData(nameof(NumberNames))]
    public void A_number_is_described_as_by_other_libraries(string name)
    {
        var expected = Reference.GetProperty("columns").GetProperty(name);
        var column = _profile.Columns.Single(one => one.Name == name);
        var numbers = column.Numbers!;

        AssertClass(expected, column);
        AssertClose(expected, "minimum", numbers.Minimum, 0);
        AssertClose(expected, "maximum", numbers.Maximum, 0);
        AssertClose(expected, "mean", numbers.Mean, 1e-12);
        AssertClose(expected, "standardDeviation", numbers.StandardDeviation, 1e-9);
        AssertClose(expected, "skewness", numbers.Skewness, 1e-6);
        AssertClose(expected, "classAssociation", column.ClassAssociation, 1e-9);
        AssertClose(expected, "auc", column.AucAlone, 1e-12);
        var quantiles = expected.GetProperty("quantiles").EnumerateArray().Select(part => part.EnumerateArray().Select(Number).ToArray()).ToArray();
        foreach (var (exact, actual) in quantiles.Zip(new[] { numbers.All, numbers.Normal, numbers.Affluent }))
        {
            double[] found = [actual.P01, actual.P05, actual.P25, actual.P50, actual.P75, actual.P95, actual.P99];
            Assert.Equal(exact, found);
        }
    }

    [Theory]
    [MemberData(nameof(CategoryNames))]
    public void A_category_is_described_as_by_other_libraries(string name)
    {
        var expected = Reference.GetProperty("columns").GetProperty(name);
        var column = _profile.Columns.Single(one => one.Name == name);

        AssertClass(expected, column);
        AssertClose(expected, "classAssociation", column.ClassAssociation, 1e-9);
    }

    [Fact]
    public void All_pairs_are_associated_as_by_other_libraries()
    {
        Assert.Equal(Reference.GetProperty("names").EnumerateArray().Select(name => name.GetString()), _profile.Associations.Names);

        double[] expected = [.. Reference.GetProperty("associations").EnumerateArray().Select(Number)];
        Assert.Equal(expected.Length, _profile.Associations.Values.Count);
        Assert.All(expected.Zip(_profile.Associations.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void The_plane_is_that_of_another_implementation()
    {
        var axes = _profile.Principal!.Axes;
        foreach (var (expected, axis) in Reference.GetProperty("axes").EnumerateArray().Zip(axes))
        {
            Assert.Equal(expected.GetProperty("explainedShare").GetDouble(), axis.ExplainedShare, 1e-6);
            Assert.Equal(expected.GetProperty("columns").EnumerateArray().Select(name => name.GetString()), axis.Pulls.Select(pull => pull.Column));
            Assert.All(
                expected.GetProperty("sizes").EnumerateArray().Zip(axis.Pulls),
                pair => Assert.Equal(pair.First.GetDouble(), Math.Abs(pair.Second.Loading), 1e-5));
            Assert.True(axis.Pulls[0].Loading > 0);
        }
    }

    private static void AssertClass(JsonElement expected, ColumnProfile column)
    {
        long[] present = [.. expected.GetProperty("present").EnumerateArray().Select(count => count.GetInt64())];
        Assert.Equal(new ClassCount(present[0], present[1]), column.Present);
    }

    private static void AssertClose(JsonElement expected, string property, double actual, double relative)
    {
        var value = Number(expected.GetProperty(property));
        if (double.IsNaN(value))
        {
            Assert.Equal(double.NaN, actual);
        }
        else
        {
            var tolerance = Math.Abs(value) * relative;
            Assert.InRange(actual, value - tolerance, value + tolerance);
        }
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? double.NaN : value.GetDouble();
}
