using System.Text.Json;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Governance;
using Campaign.Web.CommandLine;
using Xunit;

namespace Campaign.Tests.CommandLine;

public sealed class FairnessReportTests
{
    [Fact]
    public void Run_json_holds_groups_gaps_and_verdicts_and_null_for_what_is_undefined()
    {
        var limits = new FairnessLimits();
        var table = FairnessTable.Of(
            [new("F", new ConfusionCounts(900, 100, 100, 900)), new("M", new ConfusionCounts(600, 100, 400, 900)), new("X", new ConfusionCounts(0, 0, 1, 2))], limits);
        var fairness = new RunFairness(new OperatingThreshold(0.5), new FairnessLimitsInForce(limits, "Campaign's own", 0), [new("sex", true, table)]);

        var json = JsonSerializer.SerializeToElement(FairnessReport.Of(fairness), RunReport.Json);

        Assert.Equal(0.1, json.GetProperty("limits").GetProperty("most_gap").GetDouble());
        var column = json.GetProperty("columns")[0];
        Assert.Equal("outside", column.GetProperty("verdict").GetString());
        var recall = column.GetProperty("recall");
        Assert.Equal(("M", "F"), (recall.GetProperty("lowest").GetString(), recall.GetProperty("highest").GetString()));
        Assert.Equal(0.3, recall.GetProperty("gap").GetDouble(), 1e-12);
        Assert.Equal(2, recall.GetProperty("gap_interval").GetArrayLength());
        var women = column.GetProperty("groups")[0];
        Assert.Equal((2000, 1000, 1000), (women.GetProperty("rows").GetInt32(), women.GetProperty("recorded_affluent").GetInt32(), women.GetProperty("selected").GetInt32()));
        Assert.Equal(0.9, women.GetProperty("recall").GetProperty("share").GetDouble());
        var few = column.GetProperty("groups")[2];
        Assert.False(few.GetProperty("judged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, few.GetProperty("rows").ValueKind);
        Assert.Equal(JsonValueKind.Null, few.GetProperty("recall").ValueKind);
    }
}
