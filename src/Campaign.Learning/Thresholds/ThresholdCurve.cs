namespace Campaign.Learning.Thresholds;

/// <summary>Exact counts at one threshold. Rows unless it says customers.</summary>
/// <param name="Score">An actual score of the run; the threshold 'at or above' it.</param>
/// <param name="SelectedAffluent">Recorded affluent rows selected.</param>
/// <param name="SelectedNormal">Recorded normal rows selected: hidden-affluent candidates.</param>
/// <param name="Customers">Customers that the candidates come to: an id once, none that is recorded affluent in another row.</param>
/// <param name="InSampleNormal">What scoring the training rows with the final model would have listed at the same threshold (rows).</param>
public readonly record struct ThresholdPoint(double Score, int SelectedAffluent, int SelectedNormal, int Customers, int InSampleNormal);

/// <summary>At most 2,000 thresholds of a run with their exact counts, from the highest score down: all that the threshold page needs.</summary>
/// <param name="AffluentRows">Recorded affluent rows in all.</param>
/// <param name="NormalRows">Recorded normal rows in all.</param>
public sealed record ThresholdCurve(int AffluentRows, int NormalRows, IReadOnlyList<ThresholdPoint> Points)
{
    public const int MaximumPoints = 2000;
}
