using System.Text.Json.Serialization;
using Campaign.Learning.Columns;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning;

/// <summary>One part of the models of a package.</summary>
/// <param name="Name">In the names of its files.</param>
/// <param name="Weight">What its log-odds are multiplied with.</param>
/// <param name="Recipe">How it was trained, with the seed.</param>
/// <param name="RoundCount">Rounds of each of its models.</param>
/// <param name="Design">What turns features into its inputs; null where it takes the features themselves.</param>
public sealed record PackageMember(
    string Name, double Weight, TrainingRecipe Recipe, int RoundCount, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LinearDesign? Design)
{
    /// <summary>The members of models that were trained.</summary>
    public static IReadOnlyList<PackageMember> Of(TrainedModels models) =>
    [
        .. models.Final.Members.Zip(models.Recipes, (member, recipe) =>
            new PackageMember(NameOf(member.Family), member.Weight, recipe, member.Booster.BoostedRounds, member.Design)),
    ];

    private static string NameOf(ModelFamily family) => family switch
    {
        ModelFamily.BoostedTrees => "boosted-trees",
        ModelFamily.RandomForest => "random-forest",
        _ => "elastic-net",
    };
}

/// <summary><c>package.json</c>: what a model folder's models are, know and were made of. Scoring elsewhere needs nothing else.</summary>
/// <param name="Features">In the order that the models know.</param>
/// <param name="IdColumn">The customer id's column; null where each row is a customer of its own.</param>
/// <param name="Threshold">In force when the package was written, 0 to 1: at or above selects; null where none was chosen.</param>
/// <param name="Promise">What the threshold keeps; null where it was set by budget or by hand.</param>
/// <param name="Fingerprint">SHA-256 of the training file, lower-case hex.</param>
/// <param name="Members">What each model's log-odds are the weighted sum of.</param>
/// <param name="Versions">Library and product versions by name.</param>
public sealed record ModelManifest(
    IReadOnlyList<FeatureColumn> Features,
    string? IdColumn,
    double? Threshold,
    ThresholdRule? ThresholdRule,
    RecallPromise? Promise,
    string Fingerprint,
    IReadOnlyList<PackageMember> Members,
    IReadOnlyDictionary<string, string> Versions)
{
    public const int CurrentFormat = 2;

    /// <summary>Another number than <see cref="CurrentFormat"/>: written by another version of Campaign.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>The day that the training file's times were counted to; null where no feature counts time. A new file has its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ReferenceDay { get; init; }

    /// <summary>How the dates of the training file's date columns are written, in the reader's words: decides for a new file whose dates fit more than one form.</summary>
    public IReadOnlyDictionary<string, string> DateForms { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of each model file by its name, lower-case hex; filled when the package is written.</summary>
    public IReadOnlyDictionary<string, string> ModelHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>The customers that the models were trained on; null where the training file had no ids to know them by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KnownCustomersEntry? KnownCustomers { get; init; }

    [JsonIgnore]
    public int FoldCount => Members[0].Recipe.FoldCount;

    [JsonIgnore]
    public int RepeatCount => Members[0].Recipe.RepeatCount;

    /// <summary>The features that are columns of the file.</summary>
    [JsonIgnore]
    public IEnumerable<FeatureColumn> ColumnFeatures => Features.Where(feature => feature.Derived is null);

    [JsonIgnore]
    public IEnumerable<DerivedFeature> DerivedFeatures => Features.Select(feature => feature.Derived).OfType<DerivedFeature>();

    /// <summary>The columns that a file to be scored must have, with their kinds: the features themselves and what derived ones are computed from.</summary>
    public Dictionary<string, ColumnKind> InputKinds()
    {
        var kinds = ColumnFeatures.ToDictionary(feature => feature.Name, feature => feature.Kind);
        foreach (var derived in DerivedFeatures)
        {
            foreach (var input in derived.Inputs)
            {
                kinds[input] = derived.InputKind;
            }
        }

        return kinds;
    }
}
