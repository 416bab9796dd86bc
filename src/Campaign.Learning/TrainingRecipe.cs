using System.Globalization;

namespace Campaign.Learning;

/// <summary>
/// How the trees are grown. Fixed by the row count and the seed before a label is looked at; only the number of trees is chosen from the
/// data, by out-of-fold log-loss.
/// </summary>
/// <param name="MaxDepth">Splits on the way to a leaf, at most.</param>
/// <param name="LearningRate">What each tree's answer is multiplied with.</param>
/// <param name="MinChildWeight">Least sum of p(1 - p) in a leaf.</param>
/// <param name="Subsample">Share of rows that each tree sees; drawn by <see cref="FoldTraining"/>.</param>
/// <param name="ColumnSample">Share of columns that each tree sees.</param>
/// <param name="Lambda">L2 penalty on leaf values.</param>
/// <param name="MaxTreeCount">Where growing ends at the latest; a multiple of <see cref="TreeStep"/>.</param>
/// <param name="Patience">Growing ends after so many trees without a new minimum of the out-of-fold log-loss.</param>
/// <param name="ChoosingModelCount">
/// How many fold models, from the first repeat's first, choose the number of trees; the others grow as many. Fewer than all where the
/// held-out rows of some are plenty: they need not all be in memory at once, and less is thrown away.
/// </param>
/// <param name="FoldCount">Folds of a repeat.</param>
/// <param name="RepeatCount">Times that the customers are dealt into folds; the log-odds are averaged.</param>
/// <param name="Seed">Of folds and samples.</param>
public sealed record TrainingRecipe(
    int MaxDepth,
    double LearningRate,
    double MinChildWeight,
    double Subsample,
    double ColumnSample,
    double Lambda,
    int MaxTreeCount,
    int Patience,
    int ChoosingModelCount,
    int FoldCount,
    int RepeatCount,
    int Seed)
{
    /// <summary>Bins a feature: at most 256 keeps a bin in a byte.</summary>
    public const int MaxBin = 256;

    /// <summary>The log-loss is looked at after each so many trees: it is flat around its minimum, finer steps would choose by noise.</summary>
    public const int TreeStep = 10;

    /// <summary>On large files the log-loss still falls slowly here, at the full time of each tree.</summary>
    private const int LargeTreeCount = 80;

    /// <summary>Times that the log-loss is looked at, at most.</summary>
    public int MaxStepCount => MaxTreeCount / TreeStep;

    /// <summary>
    /// Shallow, strongly regularised trees; the data decide how many (adult: 240 at 5,000 rows, 640 at 48,842). Measured at full size on adult
    /// and ETB-like files, depth 5 and 6 with smaller or larger steps came out the same or worse. Up to 20,000 rows five repeats are averaged,
    /// because there the luck of the folds is the largest error, up to 100,000 two. Above 200,000 rows time decides: fewer, larger steps, and
    /// few columns a tree, so that all get their turn. Average precision on one fold in five of 1,000,000 rows of 30 columns, 60 trees of
    /// depth 5, by share of columns: 0.5495 at 0.5, 0.5515 at 0.3, 0.5528 at 0.2, 0.5530 at 0.15. Depth 4 with 80 trees found 0.5531 to 0.5543
    /// by seed, depth 5 with 50 in the same time 0.5518 to 0.5526, 200 trees of depth 6 on all columns 0.5513 in six times the time. Fewer
    /// than 6 columns a tree is not measured. A sample of the rows saves no time.
    /// </summary>
    /// <param name="rowCount">Rows of the file.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="quick">One repeat.</param>
    /// <param name="featureCount">Features of the file.</param>
    public static TrainingRecipe For(int rowCount, int seed, bool quick = false, int featureCount = 30)
    {
        var recipe = new TrainingRecipe(
            MaxDepth: 4,
            LearningRate: 0.05,
            MinChildWeight: 10,
            Subsample: 0.7,
            ColumnSample: 0.5,
            Lambda: 5,
            MaxTreeCount: 1500,
            Patience: 40,
            ChoosingModelCount: int.MaxValue,
            FoldCount: 5,
            RepeatCount: quick || rowCount > 100_000 ? 1 : rowCount > 20_000 ? 2 : 5,
            seed);
        return rowCount <= 200_000
            ? recipe
            : recipe with
            {
                LearningRate = 0.3,
                Subsample = 1,
                ColumnSample = Math.Clamp(6.0 / featureCount, 0.2, 0.5),
                MaxTreeCount = LargeTreeCount,
                Patience = 10,
                ChoosingModelCount = 2,
            };
    }

    /// <summary>The seed of a repeat's models, 0 to 2^31 - 1; the final model's is that of repeat <see cref="RepeatCount"/>.</summary>
    public int ModelSeed(int repeat) => SeededRandom.For(Seed, 1_000_000 + repeat).Next(int.MaxValue);

    /// <summary>By XGBoost's own names. The thread count is not among them: models do not depend on it.</summary>
    public IReadOnlyDictionary<string, string> Parameters(int repeat) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["objective"] = "binary:logistic",
        ["base_score"] = "0.5",
        ["tree_method"] = "hist",
        ["max_bin"] = Text(MaxBin),
        ["max_depth"] = Text(MaxDepth),
        ["eta"] = Text(LearningRate),
        ["min_child_weight"] = Text(MinChildWeight),
        ["subsample"] = Text(Subsample),
        ["colsample_bytree"] = Text(ColumnSample),
        ["lambda"] = Text(Lambda),
        // One category against the rest, however many there are: see FeatureSource.
        ["max_cat_to_onehot"] = Text(1_000_000),
        ["seed"] = Text(ModelSeed(repeat)),
        // The sampling of columns begins with the seed alone, not with what else was trained on the same thread before.
        ["seed_per_iteration"] = "1",
    };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
