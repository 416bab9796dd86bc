namespace Campaign.Learning.Money;

/// <summary>What a campaign's contacts bring and cost, by a person's guess. One currency; not discounted.</summary>
public sealed record CampaignEconomics
{
    /// <exception cref="ArgumentException">A number is negative, infinite or NaN, or the response is above 1.</exception>
    public CampaignEconomics(double valuePerConversion, double costPerContact, double responseShare)
    {
        if (!(valuePerConversion >= 0 && costPerContact >= 0 && responseShare is >= 0 and <= 1)
            || !double.IsFinite(valuePerConversion) || !double.IsFinite(costPerContact))
        {
            throw new ArgumentException("Value and cost are 0 or more, and the response 0 to 1.");
        }

        (ValuePerConversion, CostPerContact, ResponseShare) = (valuePerConversion, costPerContact, responseShare);
    }

    /// <summary>Of one affluent customer who converts, 0 or more.</summary>
    public double ValuePerConversion { get; }

    /// <summary>Of one contact, 0 or more.</summary>
    public double CostPerContact { get; }

    /// <summary>Of the affluent customers contacted, the share who convert, 0 to 1. Contacted normals are taken to bring nothing.</summary>
    public double ResponseShare { get; }

    /// <summary>
    /// Of the contacted, the share that must be affluent for a contact to pay for itself. Above 1: no contact ever does. NaN where neither
    /// anything is gained nor anything is spent; infinite where only spent.
    /// </summary>
    public double BreakEvenShare => CostPerContact / (ValuePerConversion * ResponseShare);

    /// <summary>Expected: affluents x response x value - contacts x cost. May be negative.</summary>
    public double Profit(double contacts, double affluents) => (affluents * ResponseShare * ValuePerConversion) - (contacts * CostPerContact);
}
