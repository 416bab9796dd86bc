using Campaign.Learning.Fairness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Governance;

/// <summary>What the bank allows between groups, as compliance set it: the only row of its table. Earlier limits are in the audit trail.</summary>
public sealed class FairnessPolicy
{
    public const int OnlyId = 1;

    public int Id { get; set; }

    /// <summary>0 to 1.</summary>
    public double MostGap { get; set; }

    /// <summary>0 to 1.</summary>
    public double LeastRatio { get; set; }

    public int LeastAffluent { get; set; }

    /// <summary>Why they are so; empty for Campaign's own.</summary>
    public string Reason { get; set; } = "";

    public string SetByName { get; set; } = "";

    /// <summary>Null for Campaign's own, which nobody set.</summary>
    public DateTime? SetUtc { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    internal FairnessLimits Limits => new(MostGap, LeastRatio, LeastAffluent);
}

internal sealed class FairnessPolicyMapping : IEntityTypeConfiguration<FairnessPolicy>
{
    public void Configure(EntityTypeBuilder<FairnessPolicy> builder)
    {
        builder.ToTable("FairnessPolicies");
        builder.Property(policy => policy.Id).ValueGeneratedNever();
        builder.Property(policy => policy.Reason).HasMaxLength(FairnessPolicies.LongestReason);
        builder.Property(policy => policy.SetByName).HasMaxLength(200);
        builder.Property(policy => policy.Version).IsConcurrencyToken();
        var own = new FairnessLimits();
        builder.HasData(new FairnessPolicy { Id = FairnessPolicy.OnlyId, MostGap = own.MostGap, LeastRatio = own.LeastRatio, LeastAffluent = own.LeastAffluent });
    }
}
