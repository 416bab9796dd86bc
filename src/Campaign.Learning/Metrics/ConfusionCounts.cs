using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Metrics;

/// <summary>Rows at a threshold, by recorded class. Counted once; every rate is derived from these four.</summary>
/// <param name="SelectedAffluent">Recorded affluent, at or above the threshold.</param>
/// <param name="SelectedNormal">Recorded normal, at or above the threshold: the hidden-affluent candidates.</param>
/// <param name="OtherAffluent">Recorded affluent, below.</param>
/// <param name="OtherNormal">Recorded normal, below.</param>
public readonly record struct ConfusionCounts(long SelectedAffluent, long SelectedNormal, long OtherAffluent, long OtherNormal)
{
    /// <param name="threshold">In force.</param>
    /// <param name="scores">One a row, 0 to 1.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static ConfusionCounts At(OperatingThreshold threshold, ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent)
    {
        if (scores.Length != affluent.Length)
        {
            throw new ArgumentException($"{scores.Length} scores but {affluent.Length} classes.");
        }

        long selectedAffluent = 0, selectedNormal = 0, affluentCount = 0;
        for (var row = 0; row < scores.Length; row++)
        {
            var selected = threshold.Selects(scores[row]) ? 1 : 0;
            affluentCount += affluent[row] ? 1 : 0;
            selectedAffluent += affluent[row] ? selected : 0;
            selectedNormal += affluent[row] ? 0 : selected;
        }

        return new(selectedAffluent, selectedNormal, affluentCount - selectedAffluent, scores.Length - affluentCount - selectedNormal);
    }

    public long Selected => SelectedAffluent + SelectedNormal;

    /// <summary>Of the recorded affluents, how many are selected.</summary>
    public Rate Recall => new(SelectedAffluent, SelectedAffluent + OtherAffluent);

    /// <summary>Of the selected, how many are recorded affluent. Hidden affluents count against it: it is a lower bound of the true one.</summary>
    public Rate Precision => new(SelectedAffluent, Selected);
}
