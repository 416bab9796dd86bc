using Campaign.Learning.Metrics;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Outcomes;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.TargetLists.Outcomes;

public sealed class OutcomeResultsTests
{
    [Fact]
    public void Responses_are_told_by_segment_band_wave_and_cell_and_unknown_ones_by_none()
    {
        var results = OutcomeResults.Of(
        [
            Of("T1", ListGroup.Target, true, 'A', "savers", "first"),
            Of("T2", ListGroup.Target, false, 'A', "savers", "second"),
            Of("T3", ListGroup.Target, null, 'B', "savers", "first"),
            Of("C1", ListGroup.Control, false, 'A', "savers", null),
            Of("C2", ListGroup.Control, true, 'B', "owners", null),
        ]);

        Assert.Equal(["Segment", "Score band", "Wave"], results.Parts.Select(kind => kind.Kind));
        Assert.Equal([("owners", new Rate(0, 0), new Rate(1, 1)), ("savers", new Rate(1, 2), new Rate(0, 1))], results.Parts[0].Parts.Select(part => (part.Name, part.Target, part.Control)));
        Assert.Equal([("first", new Rate(1, 1)), ("second", new Rate(0, 1))], results.Parts[2].Parts.Select(part => (part.Name, part.Target)));
        Assert.Equal((new Rate(1, 2), new Rate(1, 2)), (results.Uplift.Target, results.Uplift.Control));
    }

    [Fact]
    public void The_strata_are_segment_and_band()
    {
        var results = OutcomeResults.Of(
        [
            .. Enumerable.Range(0, 40).Select(i => Of($"T{i}", ListGroup.Target, i % 4 == 0, i % 2 == 0 ? 'A' : 'B', "savers", null)),
            .. Enumerable.Range(0, 8).Select(i => Of($"C{i}", ListGroup.Control, false, i % 2 == 0 ? 'A' : 'B', "savers", null)),
        ]);

        Assert.Equal(2, results.Uplift.StratumCount);
        Assert.Equal(10, results.Uplift.ExtraResponses, 1e-9);
    }

    [Fact]
    public void What_is_kept_reads_back_also_where_numbers_are_undefined()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Path);
        var results = OutcomeResults.Of([Of("T1", ListGroup.Target, true, 'A', null, null), Of("T2", ListGroup.Target, false, 'B', null, null)]);
        results.Save(folder.Path);
        var read = OutcomeResults.Load(folder.Path);

        Assert.Equal(results.Uplift, read.Uplift);
        Assert.Equal(results.Curve.Points, read.Curve.Points);
        Assert.True(double.IsNaN(read.Curve.Qini));
        Assert.False(read.Uplift.IsMeasured);
    }

    private static MemberOutcome Of(string id, ListGroup group, bool? responded, char band, string? segment, string? wave) =>
        new(OutcomeCheckTests.Member(id, group, 1 + (id.Length > 1 ? int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture) : 0), band, segment, wave), responded, null, false);
}
