using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Learning.Columns;
using Campaign.Learning.Thresholds;
using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>
/// The <c>model/</c> folder: for each member of the models <c>final-MEMBER.ubj</c> and <c>repeat-R-fold-F-MEMBER.ubj</c> (both from 1),
/// XGBoost's own files, and <c>package.json</c>. Open, it scores new files with the final model.
/// </summary>
public sealed class ModelPackage : IDisposable
{
    public const string ManifestFileName = "package.json";
    private const string FinalName = "final";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly string _folder;
    private readonly ScoringModel _final;

    private ModelPackage(string folder, ModelManifest manifest)
    {
        _folder = folder;
        Manifest = manifest;
        _final = Load(FinalName);
    }

    public ModelManifest Manifest { get; }

    /// <summary>Null where no threshold was chosen before the package was written.</summary>
    public OperatingThreshold? Threshold => Manifest.Threshold is { } score ? new OperatingThreshold(score) : null;

    /// <summary>From <see cref="HashOf"/>.</summary>
    public string ModelHash => HashOf(Manifest);

    /// <summary>Writes all models and the manifest, last, into a folder that is created where it does not exist.</summary>
    /// <returns>The manifest with the models' hashes.</returns>
    public static ModelManifest Write(string folder, ModelManifest manifest, TrainedModels models)
    {
        Directory.CreateDirectory(folder);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Save(FinalName, models.Final);
        for (var repeat = 0; repeat < models.FoldModels.Count; repeat++)
        {
            for (var fold = 0; fold < models.FoldModels[repeat].Count; fold++)
            {
                Save(FoldName(repeat, fold), models.FoldModels[repeat][fold]);
            }
        }

        var written = manifest with { ModelHashes = hashes };
        WriteManifest(folder, written);
        return written;

        void Save(string name, ScoringModel model)
        {
            foreach (var (member, described) in model.Members.Zip(manifest.Members))
            {
                var bytes = member.Booster.Save(ModelFormat.Ubj);
                var fileName = FileName(name, described);
                File.WriteAllBytes(Path.Combine(folder, fileName), bytes);
                hashes.Add(fileName, Hash(bytes));
            }
        }
    }

    /// <summary>
    /// What names a package's final model, lower-case hex: the SHA-256 of its one file, or of the hashes of its members' files in their order,
    /// written one after the other.
    /// </summary>
    public static string HashOf(ModelManifest manifest)
    {
        string[] hashes = [.. FinalFiles(manifest).Values];
        return hashes.Length == 1 ? hashes[0] : Hash(Encoding.ASCII.GetBytes(string.Concat(hashes)));
    }

    /// <summary>The hashes of the final model's files by their names, in the members' order.</summary>
    public static OrderedDictionary<string, string> FinalFiles(ModelManifest manifest)
    {
        var files = new OrderedDictionary<string, string>();
        foreach (var member in manifest.Members)
        {
            files.Add(FileName(FinalName, member), manifest.ModelHashes[FileName(FinalName, member)]);
        }

        return files;
    }

    /// <summary>Records another threshold in a package that is there; the models stay as they are.</summary>
    public static void WriteThreshold(string folder, OperatingThreshold threshold, ThresholdRule rule, RecallPromise? promise) =>
        WriteManifest(folder, ReadManifest(folder) with { Threshold = threshold.Score, ThresholdRule = rule, Promise = promise });

    /// <exception cref="RefusedException">There is no package, it is of another version, or a model file is not the one that was written.</exception>
    public static ModelPackage Open(string folder) => new(folder, ReadManifest(folder));

    /// <summary>All models, for explanations; the caller disposes.</summary>
    /// <exception cref="RefusedException">A model file is missing or not the one that was written.</exception>
    public TrainedModels LoadModels()
    {
        var loaded = new List<ScoringModel>();
        try
        {
            for (var repeat = 0; repeat < Manifest.RepeatCount; repeat++)
            {
                for (var fold = 0; fold < Manifest.FoldCount; fold++)
                {
                    loaded.Add(Load(FoldName(repeat, fold)));
                }
            }

            return new TrainedModels([.. loaded.Chunk(Manifest.FoldCount)], Load(FinalName), [.. Manifest.Members.Select(member => member.Recipe)]);
        }
        catch
        {
            loaded.ForEach(model => model.Dispose());
            throw;
        }
    }

    /// <summary>The final model's log-odds of each row of a file; categories that training never saw count as missing.</summary>
    /// <param name="table">Has <see cref="ModelManifest.InputKinds"/> under the same names, in any order.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="referenceDay">Of this file, from <see cref="DerivedFeature.ReferenceDay"/>; null where no feature counts time.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="RefusedException">A column is missing, or holds text where the model knows numbers.</exception>
    public double[] Score(ColumnTable table, int threadCount = 1, DateOnly? referenceDay = null, CancellationToken cancellation = default)
    {
        var features = FeatureSource.ForScoring(table, Manifest.Features, referenceDay);
        var logOdds = new float[features.RowCount];
        _final.PredictLogOdds(features, [.. Enumerable.Range(0, features.RowCount)], logOdds, threadCount, cancellation);
        return Array.ConvertAll(logOdds, value => (double)value);
    }

    public void Dispose() => _final.Dispose();

    private static string FoldName(int repeat, int fold) => $"repeat-{repeat + 1}-fold-{fold + 1}";

    private static string FileName(string model, PackageMember member) => $"{model}-{member.Name}.ubj";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static ModelManifest ReadManifest(string folder)
    {
        var path = Path.Combine(folder, ManifestFileName);
        if (!File.Exists(path))
        {
            throw new RefusedException($"There is no model in '{folder}': name the model folder of a finished run, which holds {ManifestFileName}.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(File.ReadAllBytes(path), Json);
            return manifest is { FormatVersion: ModelManifest.CurrentFormat }
                ? manifest
                : throw new RefusedException($"The model in '{folder}' was written by another version of Campaign: train again, or score with that version.");
        }
        catch (JsonException)
        {
            throw new RefusedException($"{ManifestFileName} in '{folder}' is damaged: copy the model folder again from the run.");
        }
    }

    private static void WriteManifest(string folder, ModelManifest manifest)
    {
        var path = Path.Combine(folder, ManifestFileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
        File.Move(path + ".new", path, overwrite: true);
    }

    private ScoringModel Load(string name)
    {
        var members = new List<ModelMember>();
        try
        {
            foreach (var member in Manifest.Members)
            {
                members.Add(new ModelMember(member.Recipe.Family, LoadFile(FileName(name, member)), member.Weight, member.Design));
            }

            return new ScoringModel(members);
        }
        catch
        {
            members.ForEach(member => member.Booster.Dispose());
            throw;
        }
    }

    private Booster LoadFile(string fileName)
    {
        var path = Path.Combine(_folder, fileName);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return Manifest.ModelHashes.TryGetValue(fileName, out var hash) && hash == Hash(bytes)
            ? Booster.Load(bytes)
            : throw new RefusedException($"{fileName} in '{_folder}' is not the model that {ManifestFileName} describes: copy the model folder again from the run.");
    }
}
