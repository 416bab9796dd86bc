using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>All rows of a dataset as a family of models is trained on them, made once for all folds. Safe for several trainings at once.</summary>
internal abstract class TrainingRows : IDisposable
{
    /// <summary>Without labels.</summary>
    internal abstract DMatrix Matrix { get; }

    /// <summary>The model in the form that scores rows of <see cref="FeatureSource"/>.</summary>
    /// <param name="trained">Stays as it is.</param>
    internal abstract Booster Restore(Booster trained);

    public void Dispose() => Matrix.Dispose();
}
