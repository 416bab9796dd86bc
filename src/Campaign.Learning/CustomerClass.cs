namespace Campaign.Learning;

/// <summary>The class a bank records for a customer. <see cref="Affluent"/> is the positive class everywhere in Campaign.</summary>
public enum CustomerClass
{
    Normal = 0,
    Affluent = 1,
}
