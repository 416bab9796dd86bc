using Campaign.XGBoost;

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
    private FoundSuspicious? _suspicious;

    public FeatureSource Features { get; } = features;

    public bool[] Affluent { get; } = affluent;

    public CustomerFolds Folds { get; } = folds;

    /// <summary>The design of this data's linear models; null for trees.</summary>
    internal LinearDesign? DesignOf(ModelFamily family) => family == ModelFamily.ElasticNet ? _design ??= LinearDesign.Of(Features) : null;

    /// <param name="family">Of the models to be trained.</param>
    /// <param name="threadCount">Threads that make them; the result does not depend on it.</param>
    internal TrainingRows RowsOf(ModelFamily family, int threadCount)
    {
        if (DesignOf(family) is { } design)
        {
            return _linear ??= new LinearRows(Features, design);
        }

        if (_binned is null)
        {
            _binned = new BinnedRows(Features, TrainingRecipe.MaxBin, threadCount, categoriesAsCodes: Features.RowCount > TrainingRecipe.MostUsualRows);
            // The bins are all that training reads: the file's cells would lie beside them until its end.
            Features.Unmap();
        }

        return _binned;
    }

    /// <summary>
    /// The recorded normals that the models are not trained on, see <see cref="LabelCleaning"/>: by repeat and fold, and of the final model. The same for
    /// all families; those of a repeat are found once.
    /// </summary>
    /// <param name="recipe">Its share of suspicious rows and number of repeats are looked at.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    internal (IReadOnlyList<int[][]> OfRepeats, int[] OfFinal) Suspicious(
        TrainingRecipe recipe, int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (recipe.SuspiciousShare == 0)
        {
            int[][] none = [.. Enumerable.Repeat(Array.Empty<int>(), Folds.FoldCount)];
            return ([.. Enumerable.Repeat(none, recipe.RepeatCount)], []);
        }

        if (_suspicious?.Share != recipe.SuspiciousShare)
        {
            _suspicious = new FoundSuspicious(recipe.SuspiciousShare);
        }

        var cleaning = new LabelCleaning(RowsOf(ModelFamily.BoostedTrees, threadCount), Affluent, Folds, recipe);
        var parts = recipe.RepeatCount + 1.0;
        for (var repeat = _suspicious.OfRepeats.Count; repeat < recipe.RepeatCount; repeat++)
        {
            _suspicious.OfRepeats.Add(cleaning.OfRepeat(repeat, threadCount, PartOfProgress.Of(progress, repeat / parts, (repeat + 1) / parts), cancellation));
        }

        _suspicious.OfFinal ??= cleaning.OfFinal(threadCount, PartOfProgress.Of(progress, recipe.RepeatCount / parts, 1), cancellation);
        return (_suspicious.OfRepeats, _suspicious.OfFinal);
    }

    public void Dispose() => ReleaseRows();

    /// <summary>Gives up the forms of the rows, beside which what follows training would take its own memory; another use makes them again.</summary>
    internal void ReleaseRows()
    {
        _binned?.Dispose();
        _linear?.Dispose();
        (_binned, _linear) = (null, null);
        XGBoostLibrary.ReturnMemory();
    }

    private sealed class FoundSuspicious(double share)
    {
        internal double Share { get; } = share;

        internal List<int[][]> OfRepeats { get; } = [];

        internal int[]? OfFinal { get; set; }
    }
}
