namespace Campaign.Learning.Estimates;

/// <summary>
/// The probability that a customer recorded normal is affluent, from that of being recorded affluent, where the recorded affluents are a fair
/// sample of all affluents (Elkan and Noto 2008): (1 - c) / c x g / (1 - g), at most 1.
/// </summary>
/// <remarks>Summed over the recorded normals it comes to known x (1 - c) / c, the <see cref="HiddenEstimate"/>, as far as nothing is held at 1.</remarks>
public static class HiddenProbability
{
    /// <param name="recordedProbability">Of being recorded affluent (g), calibrated, 0 to 1.</param>
    /// <param name="recordedShare">Of all affluents the share that is recorded (c), above 0 and at most 1; 1 gives 0.</param>
    public static double Of(double recordedProbability, double recordedShare)
    {
        if (!(recordedShare > 0 && recordedShare <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(recordedShare), recordedShare, "Above 0 and at most 1.");
        }

        // At g = c all who are like this are affluent; beyond, g was too high or c too low.
        return recordedShare == 1 ? 0
            : recordedProbability >= recordedShare ? 1
            : (1 - recordedShare) / recordedShare * recordedProbability / (1 - recordedProbability);
    }
}
