namespace Campaign.Learning;

/// <summary>What the models of a run are trained on. Each form of the rows is made at its first use, once, and disposed with this.</summary>
/// <param name="features">The dataset's features; must outlive this.</param>
/// <param name="affluent">The recorded class, one a row.</param>
/// <param name="folds">Of the same rows.</param>
public sealed class TrainingData(FeatureSource features, bool[] affluent, CustomerFolds folds) : IDisposable
{
    private BinnedRows? _binned;
    private LinearDesign? _design;
    private LinearRows? _linear;
    private (double Share, int[][][] OfRepeats, int[] OfFinal)? _suspicious;

    public FeatureSource Features { get; } = features;

    public bool[] Affluent { get; } = affluent;

    public CustomerFolds Folds { get; } = folds;

    /// <summary>The design of this data's linear models; null for trees.</summary>
    internal LinearDesign? DesignOf(ModelFamily family) => family == ModelFamily.ElasticNet ? _design ??= LinearDesign.Of(Features) : null;

    /// <param name="family">Of the models to be trained.</param>
    /// <param name="threadCount">Threads that make them; the result does not depend on it.</param>
    internal TrainingRows RowsOf(ModelFamily family, int threadCount) => DesignOf(family) is { } design
        ? _linear ??= new LinearRows(Features, design)
        : _binned ??= new BinnedRows(Features, TrainingRecipe.MaxBin, threadCount);

    /// <summary>
    /// The recorded normals that the models are not trained on, see <see cref="LabelCleaning"/>: by repeat and fold, and of the final model. The same for
    /// all families; found at the first use.
    /// </summary>
    /// <param name="recipe">Its share of suspicious rows and number of repeats are looked at.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    internal (int[][][] OfRepeats, int[] OfFinal) Suspicious(
        TrainingRecipe recipe, int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        var repeatCount = Math.Min(recipe.RepeatCount, Folds.RepeatCount);
        if (recipe.SuspiciousShare == 0)
        {
            int[][] none = [.. Enumerable.Repeat(Array.Empty<int>(), Folds.FoldCount)];
            return ([.. Enumerable.Repeat(none, repeatCount)], []);
        }

        if (_suspicious is not { } found || found.Share != recipe.SuspiciousShare || found.OfRepeats.Length < repeatCount)
        {
            var cleaning = new LabelCleaning(RowsOf(ModelFamily.BoostedTrees, threadCount), Affluent, Folds, recipe);
            var parts = repeatCount + 1.0;
            int[][][] ofRepeats =
            [
                .. Enumerable.Range(0, repeatCount)
                    .Select(repeat => cleaning.OfRepeat(repeat, threadCount, PartOfProgress.Of(progress, repeat / parts, (repeat + 1) / parts), cancellation)),
            ];
            found = (recipe.SuspiciousShare, ofRepeats, cleaning.OfFinal(threadCount, PartOfProgress.Of(progress, repeatCount / parts, 1), cancellation));
            _suspicious = found;
        }

        return (found.OfRepeats, found.OfFinal);
    }

    public void Dispose()
    {
        _binned?.Dispose();
        _linear?.Dispose();
    }
}
