namespace Campaign.Learning.Metrics;

/// <summary>A share that keeps its counts: <paramref name="Count"/> of <paramref name="OutOf"/>. Undefined when out of 0.</summary>
public readonly record struct Rate(long Count, long OutOf)
{
    public bool IsDefined => OutOf > 0;

    /// <summary>0 to 1; NaN where undefined.</summary>
    public double Share => OutOf > 0 ? (double)Count / OutOf : double.NaN;
}
