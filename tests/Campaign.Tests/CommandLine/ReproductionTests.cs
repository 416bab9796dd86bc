using System.Text.Json;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Campaign.Web.CommandLine;
using Xunit;

namespace Campaign.Tests.CommandLine;

public sealed class ReproductionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_same_file_and_seed_give_the_same_models_and_scores_with_another_number_of_threads(int threads)
    {
        var file = _folder.Combine("customers.csv");
        await File.WriteAllTextAsync(file, TrainedSample.Customers());
        var output = _folder.Combine("out");

        var exitCode = await RunCommand.Create().Parse(
            [file, "--out", output, "--quick", "--recall", "0.8", "--confidence", "0.9", "--threads", $"{threads}", "--check-reproducible", "--mlflow"])
            .InvokeAsync(new() { EnableDefaultExceptionHandler = false });

        Assert.Equal(0, exitCode);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "run.json")));
        Assert.True(report.RootElement.GetProperty("reproducible").GetBoolean());
        Assert.Contains(report.RootElement.GetProperty("notes").EnumerateArray(), note => note.GetString()!.StartsWith("Reproducible: ", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Path.Combine(output, "mlruns"), "final-*.ubj", SearchOption.AllDirectories));
    }

    [Fact]
    public void Another_byte_of_a_model_or_another_bit_of_a_score_is_a_difference()
    {
        var first = new TrainingOutcome(new Dictionary<string, string> { ["final.ubj"] = "a", ["fold.ubj"] = "b" }, [0.1, 0.2]);

        Assert.Null(first.DifferenceFrom(first with { LogOdds = [0.1, 0.2] }));
        Assert.Equal("the bytes of fold.ubj differ", first.DifferenceFrom(first with { ModelHashes = new Dictionary<string, string> { ["final.ubj"] = "a", ["fold.ubj"] = "c" } }));
        Assert.Equal("the bytes of fold.ubj differ", first.DifferenceFrom(first with { ModelHashes = new Dictionary<string, string> { ["final.ubj"] = "a" } }));
        Assert.Equal("the score of row 2 differs", first.DifferenceFrom(first with { LogOdds = [0.1, Math.BitIncrement(0.2)] }));
        Assert.Equal("the score of row 3 differs", first.DifferenceFrom(first with { LogOdds = [0.1, 0.2, 0.3] }));
    }
}
