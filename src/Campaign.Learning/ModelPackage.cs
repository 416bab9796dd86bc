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
/// XGBoost's own files, and <c>package.json</c>; beside them <see cref="KnownCustomers"/>, where the training file had ids. Open, it scores
/// new files: customers it knows with the models that never saw them, others with the final model.
/// </summary>
public sealed class ModelPackage : IDisposable
{
    public const string ManifestFileName = "package.json";
    private const string FinalName = "final";

    /// <summary>How <see cref="ManifestFileName"/> is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
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

    /// <summary>The models that did not see a training row's customer, one for each repeat; the caller disposes.</summary>
    /// <param name="folds">Of the training.</param>
    /// <param name="row">From 0.</param>
    /// <exception cref="RefusedException">A model file is missing or not the one that was written.</exception>
    public IReadOnlyList<ScoringModel> LoadHeldOut(CustomerFolds folds, int row)
    {
        var loaded = new List<ScoringModel>();
        try
        {
            for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
            {
                loaded.Add(Load(folds.OfRepeat(repeat)[row] is var fold && fold == CustomerFolds.HeldOut ? FinalName : FoldName(repeat, fold)));
            }

            return loaded;
        }
        catch
        {
            loaded.ForEach(model => model.Dispose());
            throw;
        }
    }

    /// <summary>
    /// The log-odds of each row of a file of customers: the mean over the repeats of the models that never saw the customer where the customer
    /// was in training (for unchanged values exactly the training's out-of-fold log-odds), the final model's where not.
    /// </summary>
    /// <param name="table">As of <see cref="Score"/>, and with the id's column where the package knows customers.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="referenceDay">As of <see cref="Score"/>.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="RefusedException">A column is missing or of the wrong kind, or a file of the package is missing or not the one that was written.</exception>
    public CustomerScores ScoreCustomers(ColumnTable table, int threadCount = 1, DateOnly? referenceDay = null, CancellationToken cancellation = default)
    {
        var features = FeatureSource.ForScoring(table, Manifest.Features, referenceDay);
        var known = LoadKnownCustomers();
        var entries = known?.Find(table, Manifest.IdColumn!, threadCount) ?? [.. Enumerable.Repeat(KnownCustomers.Unknown, table.RowCount)];
        var byFinal = new float[features.RowCount];
        _final.PredictLogOdds(features, Rows(entry => entry < 0), byFinal, threadCount, cancellation);
        var logOdds = Array.ConvertAll(byFinal, value => (double)value);
        for (var repeat = 0; repeat < known?.RepeatCount; repeat++)
        {
            var ofRepeat = new float[features.RowCount];
            for (var fold = 0; fold < Manifest.FoldCount; fold++)
            {
                var heldOut = Rows(entry => entry >= 0 && known.FoldOf(entry, repeat) == fold);
                if (heldOut.Length > 0)
                {
                    using var model = Load(FoldName(repeat, fold));
                    model.PredictLogOdds(features, heldOut, ofRepeat, threadCount, cancellation);
                }
            }

            for (var row = 0; row < logOdds.Length; row++)
            {
                logOdds[row] += ofRepeat[row];
            }
        }

        for (var row = 0; row < logOdds.Length; row++)
        {
            logOdds[row] /= entries[row] < 0 ? 1 : known!.RepeatCount;
        }

        return new CustomerScores(logOdds, Array.ConvertAll(entries, entry => entry >= 0));

        int[] Rows(Func<int, bool> belongs) => [.. Enumerable.Range(0, entries.Length).Where(row => belongs(entries[row]))];
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

    /// <summary>What the package says of itself, without loading a model.</summary>
    /// <exception cref="RefusedException">There is no package, or it is of another version.</exception>
    public static ModelManifest ReadManifest(string folder)
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

    /// <summary>Copies a package without what it keeps of single customers: the copy scores everybody with the final model.</summary>
    /// <param name="folder">Of the package.</param>
    /// <param name="copy">Is there; files of the same names are replaced.</param>
    public static void CopyWithoutCustomers(string folder, string copy)
    {
        var manifest = ReadManifest(folder);
        foreach (var fileName in manifest.ModelHashes.Keys)
        {
            File.Copy(Path.Combine(folder, fileName), Path.Combine(copy, fileName), overwrite: true);
        }

        WriteManifest(copy, manifest with { KnownCustomers = null });
    }

    private static void WriteManifest(string folder, ModelManifest manifest)
    {
        var path = Path.Combine(folder, ManifestFileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
        File.Move(path + ".new", path, overwrite: true);
    }

    private KnownCustomers? LoadKnownCustomers()
    {
        if (Manifest.KnownCustomers is not { } entry)
        {
            return null;
        }

        var path = Path.Combine(_folder, KnownCustomers.FileName);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return entry.Hash == Hash(bytes)
            ? KnownCustomers.Read(bytes)
            : throw new RefusedException(
                $"{KnownCustomers.FileName} in '{_folder}' is not the one that {ManifestFileName} describes: without it nobody can tell who was in training. Copy the model folder again from the run.");
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

/// <summary>The scores of a file of customers, one a row.</summary>
/// <param name="LogOdds">Natural logarithm.</param>
/// <param name="ByHeldOutModels">True where the customer was in training, so that the models that never saw the customer scored the row; false for the final model.</param>
public sealed record CustomerScores(double[] LogOdds, bool[] ByHeldOutModels);
