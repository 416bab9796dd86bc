using System.Globalization;

namespace Campaign.Learning;

/// <summary>
/// How a family's models are trained. Fixed by the row count and the seed before a label is looked at, unless a search chose it; the number of
/// boosted trees is chosen from the data, by out-of-fold log-loss.
/// </summary>
/// <param name="MaxDepth">Splits on the way to a leaf, at most.</param>
/// <param name="LearningRate">What each tree's answer is multiplied with.</param>
/// <param name="MinChildWeight">Least sum of p(1 - p) in a leaf; in a forest, whose rows all start from one p, the least number of rows.</param>
/// <param name="Subsample">Share of rows that each tree sees; drawn by <see cref="FoldTraining"/>, in a forest by XGBoost.</param>
/// <param name="ColumnSample">Share of columns that each tree sees.</param>
/// <param name="Lambda">L2 penalty on leaf values.</param>
/// <param name="MaxTreeCount">Rounds at which training ends at the latest; a multiple of <see cref="RoundsPerStep"/>.</param>
/// <param name="Patience">Training ends after so many rounds without a new minimum of the out-of-fold log-loss.</param>
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

    /// <summary>A file with more rows is large: time decides how it is trained.</summary>
    internal const int MostUsualRows = 200_000;

    /// <summary>On large files the log-loss still falls slowly here, at the full time of each tree.</summary>
    private const int LargeTreeCount = 80;

    /// <summary>Up to so many rows too few are suspicious for <see cref="LabelCleaning"/> to change more than chance does.</summary>
    private const int CleanedRowCount = 20_000;

    /// <summary>That score a customer, over all repeats: twice as many changed no ranking that could be told from chance.</summary>
    private const int ForestTreeCount = 200;

    public ModelFamily Family { get; init; }

    /// <summary>The log-loss is looked at after each so many rounds: it is flat around its minimum, finer steps would choose by noise.</summary>
    public int RoundsPerStep { get; init; } = 10;

    /// <summary>
    /// Trees of a round, each on a sample of its own: above 1 in a forest only. A forest's final model has as many as the fold models of all
    /// repeats together, whose mean it stands for.
    /// </summary>
    public int TreesPerRound { get; init; } = 1;

    /// <summary>Share of a tree's columns that each split chooses from.</summary>
    public double ColumnSampleByNode { get; init; } = 1;

    /// <summary>L1 penalty on the coefficients of an elastic net, where <see cref="Lambda"/> is the L2 penalty.</summary>
    public double Alpha { get; init; }

    /// <summary>What each recorded affluent counts in training against a recorded normal; a whole number.</summary>
    public int AffluentWeight { get; init; } = 1;

    /// <summary>
    /// The share of the affluents that training takes as recorded, whatever their features: above 0, at most 1. Below 1 a recorded normal with a high
    /// score pulls less; the log-odds are then those of being affluent, not of being recorded so.
    /// </summary>
    public double RecordedShare { get; init; } = 1;

    /// <summary>Of the recorded normals the share that <see cref="LabelCleaning"/> leaves out of training; 0 for none.</summary>
    public double SuspiciousShare { get; init; }

    /// <summary>Times that the log-loss is looked at, at most.</summary>
    public int MaxStepCount => MaxTreeCount / RoundsPerStep;

    /// <summary>
    /// Boosted trees: shallow, strongly regularised; the data decide how many (adult: 240 at 5,000 rows, 640 at 48,842). Measured at full size on adult
    /// and ETB-like files, depth 5 and 6 with smaller or larger steps came out the same or worse. Up to 20,000 rows five repeats are averaged,
    /// because there the luck of the folds is the largest error, up to 100,000 two. Above 200,000 rows time decides: fewer, larger steps, and
    /// few columns a tree, so that all get their turn. Average precision on one fold in five of 1,000,000 rows of 30 columns, 60 trees of
    /// depth 5, by share of columns: 0.5495 at 0.5, 0.5515 at 0.3, 0.5528 at 0.2, 0.5530 at 0.15. Depth 4 with 80 trees found 0.5531 to 0.5543
    /// by seed, depth 5 with 50 trees 0.5518 to 0.5526, 200 trees of depth 6 on all columns 0.5513 in six times the time. Fewer
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
            seed)
        {
            RecordedShare = rowCount <= CleanedRowCount ? 0.8 : 1,
            SuspiciousShare = rowCount <= CleanedRowCount || (quick && rowCount > MostUsualRows) ? 0 : 0.02,
        };
        return rowCount <= MostUsualRows
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

    /// <summary>The forest beside boosted trees: same folds, same seed.</summary>
    /// <param name="boosted">From <see cref="For"/>.</param>
    /// <param name="rowCount">Rows of the file.</param>
    public static TrainingRecipe ForestBeside(TrainingRecipe boosted, int rowCount) => boosted with
    {
        Family = ModelFamily.RandomForest,
        MaxDepth = 12,
        LearningRate = 1,
        MinChildWeight = 5,
        RecordedShare = 1,
        Subsample = 0.63,
        ColumnSample = 1,
        ColumnSampleByNode = 0.3,
        Lambda = 0,
        MaxTreeCount = 1,
        RoundsPerStep = 1,
        Patience = 1,
        TreesPerRound = rowCount > MostUsualRows ? 50 : ForestTreeCount / boosted.RepeatCount,
    };

    /// <summary>The elastic net beside boosted trees: same folds. The penalties are by row, as XGBoost divides the loss by the rows.</summary>
    /// <param name="boosted">From <see cref="For"/>.</param>
    public static TrainingRecipe ElasticNetBeside(TrainingRecipe boosted) => boosted with
    {
        Family = ModelFamily.ElasticNet,
        LearningRate = 0.5,
        RecordedShare = 1,
        Subsample = 1,
        Lambda = 0.001,
        Alpha = 0.0005,
        MaxTreeCount = 100,
        RoundsPerStep = 100,
        Patience = 100,
    };

    /// <summary>The seed of a repeat's models, 0 to 2^31 - 1; the final model's is that of repeat <see cref="RepeatCount"/>.</summary>
    public int ModelSeed(int repeat) => SeededRandom.For(Seed, 1_000_000 + repeat).Next(int.MaxValue);

    /// <summary>
    /// By XGBoost's own names. The thread count is not among them: models do not depend on it. Nor are what training does itself: a boosted
    /// round's sample of rows, a forest's base rate and <see cref="AffluentWeight"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters(int repeat)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["objective"] = "binary:logistic",
            ["base_score"] = "0.5",
            ["eta"] = Text(LearningRate),
            ["lambda"] = Text(Lambda),
            ["seed"] = Text(ModelSeed(repeat)),
        };
        if (Family == ModelFamily.ElasticNet)
        {
            parameters["booster"] = "gblinear";
            parameters["updater"] = "coord_descent";
            parameters["feature_selector"] = "cyclic";
            parameters["alpha"] = Text(Alpha);
            return parameters;
        }

        parameters["tree_method"] = "hist";
        parameters["max_bin"] = Text(MaxBin);
        parameters["max_depth"] = Text(MaxDepth);
        parameters["min_child_weight"] = Text(MinChildWeight);
        parameters["subsample"] = Text(Subsample);
        parameters["colsample_bytree"] = Text(ColumnSample);
        parameters["colsample_bynode"] = Text(ColumnSampleByNode);
        parameters["num_parallel_tree"] = Text(TreesOf(repeat));
        // One category against the rest, however many there are: see FeatureSource.
        parameters["max_cat_to_onehot"] = Text(1_000_000);
        // The sampling of columns begins with the seed alone, not with what else was trained on the same thread before.
        parameters["seed_per_iteration"] = "1";
        return parameters;
    }

    /// <summary>Trees of a round of a repeat's models, or of the final one.</summary>
    /// <param name="repeat">From 0; <see cref="RepeatCount"/> for the final model.</param>
    public int TreesOf(int repeat) => TreesPerRound > 1 && repeat == RepeatCount ? TreesPerRound * RepeatCount : TreesPerRound;

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
