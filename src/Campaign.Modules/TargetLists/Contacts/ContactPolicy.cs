using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>How often a customer may be contacted, as compliance set it: the only row of its table. Earlier limits are in the audit trail.</summary>
public sealed class ContactPolicy
{
    public const int OnlyId = 1;

    public int Id { get; set; }

    public int PeriodDays { get; set; }

    /// <summary>Null where it is not limited; likewise the others.</summary>
    public int? MostEmail { get; set; }

    public int? MostSms { get; set; }

    public int? MostCall { get; set; }

    public int? MostPost { get; set; }

    /// <summary>Why they are so; empty for Campaign's own.</summary>
    public string Reason { get; set; } = "";

    public string SetByName { get; set; } = "";

    /// <summary>Null for Campaign's own, which nobody set.</summary>
    public DateTime? SetUtc { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    internal ContactCaps Caps => new(PeriodDays, MostEmail, MostSms, MostCall, MostPost);
}

internal sealed class ContactPolicyMapping : IEntityTypeConfiguration<ContactPolicy>
{
    public void Configure(EntityTypeBuilder<ContactPolicy> builder)
    {
        builder.ToTable("ContactPolicies");
        builder.Property(policy => policy.Id).ValueGeneratedNever();
        builder.Property(policy => policy.Reason).HasMaxLength(ContactPolicies.LongestReason);
        builder.Property(policy => policy.SetByName).HasMaxLength(200);
        builder.Property(policy => policy.Version).IsConcurrencyToken();
        builder.Ignore(policy => policy.Caps);
        var own = ContactCaps.Own;
        builder.HasData(new ContactPolicy { Id = ContactPolicy.OnlyId, PeriodDays = own.PeriodDays, MostEmail = own.Email, MostSms = own.Sms, MostCall = own.Call, MostPost = own.Post });
    }
}
