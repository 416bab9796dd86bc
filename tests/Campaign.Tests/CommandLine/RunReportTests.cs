using System.Text.Json;
using Campaign.Modules.Datasets;
using Campaign.Tests.Support;
using Campaign.Web.CommandLine;
using Xunit;

namespace Campaign.Tests.CommandLine;

public sealed class RunReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_rate_has_its_interval_and_a_missing_estimate_its_reason()
    {
        var customers = _folder.Combine("bank.csv");
        await using (var file = File.Create(customers))
        {
            new SampleBank(600, 0.3, seed: 1).Write(file, null);
        }

        Assert.Equal(0, await CampaignCommandLine.RunAsync(["run", customers, "--out", _folder.Combine("out"), "--quick", "--recall", "0.8", "--threads", "1"]));

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.Combine("out", "run.json")));
        foreach (var rate in new[] { "recall", "precision", "auc", "average_precision", "lift_top_decile" })
        {
            var (value, interval) = (report.RootElement.GetProperty(rate).GetDouble(), report.RootElement.GetProperty(rate + "_interval"));
            Assert.InRange(value, interval.GetProperty("low").GetDouble(), interval.GetProperty("high").GetDouble());
            Assert.True(interval.GetProperty("high").GetDouble() > interval.GetProperty("low").GetDouble(), rate);
        }

        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("hidden_estimate").ValueKind);
        Assert.Contains(report.RootElement.GetProperty("notes").EnumerateArray(), note => note.GetString()!.StartsWith("Hidden affluents: Not estimated: ", StringComparison.Ordinal));
        Assert.InRange(report.RootElement.GetProperty("calibration").GetProperty("brier").GetDouble(), 0.01, 0.2);
        var lines = await File.ReadAllLinesAsync(_folder.Combine("out", "scores.csv"));
        Assert.EndsWith(",rank,probability", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.InRange(double.Parse(line[(line.LastIndexOf(',') + 1)..], System.Globalization.CultureInfo.InvariantCulture), 1e-6, 1 - 1e-6));
    }
}
