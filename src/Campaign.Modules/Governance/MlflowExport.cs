using System.Globalization;
using System.Text;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.Governance;

/// <summary>
/// A finished run as MLflow's file store keeps it: <c>mlruns/EXPERIMENT/meta.yaml</c> and, in <c>mlruns/EXPERIMENT/RUN</c>, <c>meta.yaml</c>,
/// <c>params/</c>, <c>metrics/</c> (lines of 'timestamp value step'), <c>tags/</c> and <c>artifacts/</c>. One experiment a customer file. Of
/// the model folder only the models are taken, so that nothing about single customers can come along.
/// </summary>
public sealed class MlflowExport(ModelRunCatalog runs, DatasetCatalog datasets, ModelRegistry registry)
{
    public const string FolderName = "mlruns";

    private const string MetaFileName = "meta.yaml";

    /// <summary>Older servers take no more of a parameter's value.</summary>
    private const int LongestParameter = 500;

    /// <summary>MLflow's own numbers in <c>meta.yaml</c>: a run that is finished, and one that no project started.</summary>
    private const string Finished = "3", LocalSource = "4";

    /// <summary>The curve as a metric's history: at most so many steps.</summary>
    private const int CurveSteps = 100;

    /// <param name="folder">Where <see cref="FolderName"/> is made; one that is there gets the run beside its others.</param>
    /// <param name="modelCard">A printed model card to take along; null for none.</param>
    /// <exception cref="RefusedException">The run is not there or not finished.</exception>
    public async Task WriteAsync(Guid runId, string folder, string? modelCard = null, CancellationToken cancellation = default)
    {
        if (await runs.FindAsync(runId, cancellation) is not { Results: { } results } run)
        {
            throw new RefusedException("Only a finished model run can be exported.");
        }

        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new RefusedException("The file of this run is gone: upload it again.");
        var curve = await runs.ReadCurveAsync(runId, cancellation);
        var columns = await runs.ReadColumnsAsync(runId, cancellation);
        var manifest = ModelPackage.ReadManifest(runs.PackageFolder(runId));
        var version = await registry.OfRunAsync(runId, cancellation);

        var experimentId = ulong.Parse(run.Fingerprint.AsSpan(0, 15), NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        var experiment = Directory.CreateDirectory(Path.Combine(folder, FolderName, experimentId)).FullName;
        var place = Path.Combine(experiment, runId.ToString("N"));
        var started = Milliseconds(run.CreatedUtc);
        var ended = Milliseconds(run.CompletedUtc ?? run.CreatedUtc);
        var experimentUri = $"./{FolderName}/{experimentId}";
        WriteMeta(
            experiment,
            ("artifact_location", Quoted(experimentUri)), ("creation_time", Milliseconds(dataset.UploadedUtc)), ("experiment_id", Quoted(experimentId)),
            ("last_update_time", ended), ("lifecycle_stage", "active"), ("name", Quoted($"{dataset.FileName} {Platform.InWords.ShortHash(run.Fingerprint)}")));
        Directory.CreateDirectory(place);
        WriteMeta(
            place,
            ("artifact_uri", Quoted($"{experimentUri}/{runId:N}/artifacts")), ("end_time", ended), ("entry_point_name", "''"), ("experiment_id", Quoted(experimentId)),
            ("lifecycle_stage", "active"), ("run_id", Quoted(runId.ToString("N"))), ("run_name", Quoted(run.Name)), ("run_uuid", Quoted(runId.ToString("N"))),
            ("source_name", "''"), ("source_type", LocalSource), ("source_version", "''"), ("start_time", started), ("status", Finished), ("tags", "[]"),
            ("user_id", Quoted(run.CreatedByName)));
        WriteEach(place, "params", Parameters(run, results, manifest, columns).Select(pair => (pair.Name, Shortened(pair.Value))));
        WriteEach(place, "metrics", Metrics(run, results, curve, ended));
        WriteEach(place, "tags", Tags(run, results, version, await runs.TagsAsync(runId, cancellation)));
        CopyArtifacts(run, Path.Combine(place, "artifacts"), modelCard);
    }

    private static IEnumerable<(string Name, string Value)> Parameters(ModelRunSummary run, RunResults results, ModelManifest manifest, ColumnRoles columns) =>
    [
        ("algorithm", results.Algorithm),
        ("seed", Text(run.Seed)),
        ("quick", run.Quick ? "true" : "false"),
        ("recall_asked", Text(run.RecallFloor)),
        ("confidence_asked", Text(run.Confidence)),
        ("folds", Text(results.FoldCount)),
        ("repeats", Text(results.RepeatCount)),
        ("trees", Text(results.TreeCount)),
        ("threads", Text(results.ThreadCount)),
        ("features", Text(manifest.Features.Count)),
        ("label", columns.Label),
        .. results.Parameters.Select(pair => ("xgboost." + pair.Key, pair.Value)),
        .. manifest.Members.SelectMany(member =>
            Flat(member.Name, JsonSerializer.SerializeToElement(member.Recipe, ModelPackage.Json))
                .Append((member.Name + ".rounds", Text(member.RoundCount)))
                .Append((member.Name + ".weight", Text(member.Weight)))),
    ];

    private static IEnumerable<(string Name, string Value)> Metrics(ModelRunSummary run, RunResults results, ThresholdCurve curve, string timestamp)
    {
        List<(string Name, double Value)> single =
        [
            ("rows", results.RowCount),
            ("customers", results.CustomerCount),
            ("recorded_affluent", results.RecordedAffluentRows),
            ("auc", results.Auc),
            ("average_precision", results.AveragePrecision),
            ("lift_top_decile", results.LiftTopDecile),
            ("list_size_at_promise", results.ListSizeAtPromise ?? double.NaN),
            ("threshold", run.Threshold?.Score ?? double.NaN),
            ("peak_memory_bytes", results.PeakMemoryBytes),
            ("seconds", results.Stages.Sum(stage => stage.Seconds)),
        ];
        foreach (var (name, value) in single.Where(metric => double.IsFinite(metric.Value)))
        {
            yield return (name, $"{timestamp} {Text(value)} 0\n");
        }

        // Step: rows selected, in hundredths of the file.
        var points = curve.Points.GroupBy(point => (int)((long)CurveSteps * (point.SelectedAffluent + point.SelectedNormal) / (curve.AffluentRows + curve.NormalRows))).Select(step => (Step: step.Key, Point: step.Last())).ToList();
        yield return ("curve_recall", Lines(point => (double)point.SelectedAffluent / curve.AffluentRows));
        yield return ("curve_precision", Lines(point => (double)point.SelectedAffluent / (point.SelectedAffluent + point.SelectedNormal)));

        string Lines(Func<ThresholdPoint, double> value) =>
            string.Concat(points.Select(point => $"{timestamp} {Text(value(point.Point))} {Text(point.Step)}\n"));
    }

    private static IEnumerable<(string Name, string Value)> Tags(ModelRunSummary run, RunResults results, ModelVersion? version, IReadOnlyList<string> tags) =>
    [
        ("mlflow.runName", run.Name),
        ("mlflow.user", run.CreatedByName),
        ("mlflow.source.name", "Campaign"),
        ("mlflow.source.type", "LOCAL"),
        ("campaign.dataset_fingerprint", run.Fingerprint),
        ("campaign.model_sha256", results.ModelHash),
        ("campaign.threshold", run.ThresholdInWords),
        .. results.Versions.Select(pair => ("campaign.version." + pair.Key, pair.Value)),
        .. version is null ? [] : new[] { ("campaign.model_version", version.FullName), ("campaign.model_stage", ModelRegistry.InWords(version.Stage)) },
        .. tags.Select(tag => ("campaign.tag." + tag, "yes")),
    ];

    private void CopyArtifacts(ModelRunSummary run, string artifacts, string? modelCard)
    {
        var model = Directory.CreateDirectory(Path.Combine(artifacts, ModelRunCatalog.PackageFolderName)).FullName;
        ModelPackage.CopyWithoutCustomers(runs.PackageFolder(run.Id), model);
        if (run is { Threshold: { } threshold, ThresholdRule: { } rule })
        {
            // The run's own package keeps the threshold of the training.
            ModelPackage.WriteThreshold(model, threshold, rule, run.Promise);
        }

        foreach (var fileName in new[] { ModelRunCatalog.CurveFileName, ModelRunCatalog.ColumnsFileName })
        {
            File.Copy(runs.FileOf(run.Id, fileName), Path.Combine(artifacts, fileName), overwrite: true);
        }

        if (modelCard is not null)
        {
            File.Copy(modelCard, Path.Combine(artifacts, RunDocuments.ModelCardFileName), overwrite: true);
        }
    }

    /// <summary>Values inside values get names with dots: 'boosted-trees.maxDepth'.</summary>
    private static IEnumerable<(string Name, string Value)> Flat(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(part => Flat($"{name}.{part.Name}", part.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((part, place) => Flat($"{name}.{place + 1}", part)),
        _ => [(name, element.ToString())],
    };

    private static void WriteMeta(string folder, params (string Name, string Value)[] lines) =>
        File.WriteAllText(Path.Combine(folder, MetaFileName), string.Concat(lines.Select(line => $"{line.Name}: {line.Value}\n")));

    private static void WriteEach(string place, string kind, IEnumerable<(string Name, string Content)> files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place, kind)).FullName;
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(folder, Key(name)), content);
        }
    }

    /// <summary>A name that MLflow takes and that is a file's: letters, digits, dots, hyphens, spaces and underscores; anything else is an underscore.</summary>
    private static string Key(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ' ' or '_' ? letter : '_'));

    private static string Shortened(string value) => value.Length <= LongestParameter ? value : value[..(LongestParameter - 1)] + "…";

    /// <summary>In YAML's single quotes, on one line.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in text)
        {
            quoted.Append(char.IsControl(letter) ? " " : letter == '\'' ? "''" : letter.ToString());
        }

        return quoted.Append('\'').ToString();
    }

    private static string Milliseconds(DateTime utc) => Text(new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds());

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
