namespace Campaign.Learning.Metrics;

/// <summary>Rows at a threshold, by recorded class. Counted once; every rate is derived from these four.</summary>
/// <param name="SelectedAffluent">Recorded affluent, at or above the threshold.</param>
/// <param name="SelectedNormal">Recorded normal, at or above the threshold: the hidden-affluent candidates.</param>
/// <param name="OtherAffluent">Recorded affluent, below.</param>
/// <param name="OtherNormal">Recorded normal, below.</param>
public readonly record struct ConfusionCounts(long SelectedAffluent, long SelectedNormal, long OtherAffluent, long OtherNormal)
{
    public long Selected => SelectedAffluent + SelectedNormal;

    /// <summary>Of the recorded affluents, how many are selected.</summary>
    public Rate Recall => new(SelectedAffluent, SelectedAffluent + OtherAffluent);

    /// <summary>Of the selected, how many are recorded affluent. Hidden affluents count against it: it is a lower bound of the true one.</summary>
    public Rate Precision => new(SelectedAffluent, Selected);
}
