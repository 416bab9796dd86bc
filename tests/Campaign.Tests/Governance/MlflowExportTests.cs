using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Governance;

public sealed class MlflowExportTests(TrainedSample sample) : IClassFixture<TrainedSample>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_folder_has_the_layout_of_the_file_store()
    {
        var (experiment, run) = await ExportAsync();

        var meta = Meta(experiment);
        var runMeta = Meta(run);
        Assert.Equal(Quoted(Path.GetFileName(experiment)), meta["experiment_id"]);
        Assert.Equal("active", meta["lifecycle_stage"]);
        Assert.StartsWith("'etb ''May''.csv ", meta["name"], StringComparison.Ordinal);
        Assert.Equal((Quoted(sample.RunId.ToString("N")), Quoted(sample.RunId.ToString("N")), meta["experiment_id"]), (runMeta["run_id"], runMeta["run_uuid"], runMeta["experiment_id"]));
        Assert.Equal(("'Spring: run'", "3", "4", "[]"), (runMeta["run_name"], runMeta["status"], runMeta["source_type"], runMeta["tags"]));
        Assert.True(long.Parse(runMeta["start_time"], CultureInfo.InvariantCulture) <= long.Parse(runMeta["end_time"], CultureInfo.InvariantCulture));
        Assert.Equal(sample.RunId.ToString("N"), Path.GetFileName(run));
        Assert.Equal(["artifacts", "metrics", "params", "tags"], Directory.GetDirectories(run).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Parameters_metrics_and_tags_are_those_of_the_run()
    {
        await sample.Application.InScopeAsync(async services =>
        {
            await services.GetRequiredService<RunNotes>().AddTagAsync(sample.RunId, "for review", Actor.LocalOwner);
            return true;
        });
        var results = (await FindAsync()).Results!;
        var (_, run) = await ExportAsync();

        Assert.Equal("1", Read("params", "seed"));
        Assert.Equal(results.Parameters["max_depth"], Read("params", "xgboost.max_depth"));
        Assert.Equal(results.FoldCount.ToString(CultureInfo.InvariantCulture), Read("params", "boosted-trees.foldCount"));
        Assert.Equal("Spring: run", Read("tags", "mlflow.runName"));
        Assert.Equal("yes", Read("tags", "campaign.tag.for review"));
        var auc = Read("metrics", "auc").TrimEnd('\n').Split(' ');
        Assert.Equal((3, results.Auc, "0"), (auc.Length, double.Parse(auc[1], CultureInfo.InvariantCulture), auc[2]));
        var steps = Read("metrics", "curve_recall").TrimEnd('\n').Split('\n').Select(line => line.Split(' ')).ToList();
        Assert.Equal(steps.Select(step => int.Parse(step[2], CultureInfo.InvariantCulture)).Distinct().Order(), steps.Select(step => int.Parse(step[2], CultureInfo.InvariantCulture)));
        Assert.Equal(("100", 1.0), (steps[^1][2], double.Parse(steps[^1][1], CultureInfo.InvariantCulture)));

        string Read(string kind, string name) => File.ReadAllText(Path.Combine(run, kind, name));
    }

    [Fact]
    public async Task The_model_in_it_scores_and_nothing_in_it_names_a_customer()
    {
        var stray = Path.Combine(sample.Application.Files.RunFolder(sample.RunId), ModelRunCatalog.PackageFolderName, "known-customers.bin");
        await File.WriteAllTextAsync(stray, TrainedSample.IdStart);
        var (_, run) = await ExportAsync();
        File.Delete(stray);

        using (var package = ModelPackage.Open(Path.Combine(run, "artifacts", "model")))
        {
            Assert.Equal((await FindAsync()).Results!.ModelHash, package.ModelHash);
        }

        var id = Encoding.UTF8.GetBytes(TrainedSample.IdStart);
        Assert.All(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(id)));
        Assert.True(File.Exists(Path.Combine(run, "artifacts", ModelRunCatalog.CurveFileName)));
    }

    [Fact]
    public async Task The_model_in_it_has_the_threshold_in_force()
    {
        await sample.Application.InScopeAsync(async services =>
        {
            var run = (await services.GetRequiredService<ModelRunCatalog>().FindAsync(sample.OtherRunId))!;
            return await services.GetRequiredService<ThresholdChoice>().UseAsync(run, run.Version, new ThresholdWish(ThresholdRule.ByHand, 0, 0, 0, 0.25), Actor.LocalOwner, default);
        });
        var (_, run) = await ExportAsync(sample.OtherRunId);

        var manifest = ModelPackage.ReadManifest(Path.Combine(run, "artifacts", "model"));

        Assert.Equal((0.25, ThresholdRule.ByHand, null), (manifest.Threshold, manifest.ThresholdRule, manifest.Promise));
    }

    [Fact]
    public async Task A_second_run_of_the_same_file_comes_into_the_same_experiment()
    {
        await ExportAsync();
        var (experiment, _) = await ExportAsync(sample.OtherRunId);

        Assert.Equal(2, Directory.GetDirectories(experiment).Length);
        Assert.Single(Directory.GetDirectories(_folder.Combine(MlflowExport.FolderName)));
    }

    [Fact]
    public async Task The_run_page_gives_it_as_a_zip_and_the_trail_says_so()
    {
        using var owner = await sample.Application.NewOwnerClientAsync();

        using var answer = await owner.GetAsync($"/runs/{sample.RunId}/mlflow");

        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Contains(zip.Entries, entry => entry.FullName.StartsWith("mlruns/", StringComparison.Ordinal) && entry.FullName.EndsWith("/artifacts/model/final-boosted-trees.ubj", StringComparison.Ordinal));
        Assert.All(zip.Entries, entry => Assert.StartsWith("mlruns/", entry.FullName, StringComparison.Ordinal));
        var entries = await sample.Application.InScopeAsync(services => services.GetRequiredService<AuditQuery>().PageAsync(new AuditFilter(Action: AuditActions.Downloaded), 1));
        Assert.Contains(entries.Entries, entry => entry.DetailsJson!.Contains("mlflow.zip", StringComparison.Ordinal));
        using var missing = await owner.GetAsync($"/runs/{Guid.NewGuid()}/mlflow");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private async Task<(string Experiment, string Run)> ExportAsync(Guid? runId = null)
    {
        var id = runId ?? sample.RunId;
        await sample.Application.InScopeAsync(async services =>
        {
            await services.GetRequiredService<MlflowExport>().WriteAsync(id, _folder.Path);
            return true;
        });
        var experiment = Directory.GetDirectories(_folder.Combine(MlflowExport.FolderName)).Single();
        return (experiment, Path.Combine(experiment, id.ToString("N")));
    }

    private async Task<ModelRunSummary> FindAsync() =>
        (await sample.Application.InScopeAsync(services => services.GetRequiredService<ModelRunCatalog>().FindAsync(sample.RunId)))!;

    private static Dictionary<string, string> Meta(string folder) =>
        File.ReadAllLines(Path.Combine(folder, "meta.yaml")).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);

    private static string Quoted(string text) => $"'{text}'";
}
