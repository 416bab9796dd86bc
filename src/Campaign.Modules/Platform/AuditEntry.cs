using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Platform;

/// <summary>One line of the audit trail. Written once, never changed; made by <see cref="AuditTrail.Append"/>.</summary>
public sealed class AuditEntry
{
    /// <summary>From 1, without gaps; given when the entry is sealed.</summary>
    public long Sequence { get; set; }

    public DateTime Utc { get; set; }

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public string Action { get; set; } = "";

    /// <summary><c>kind:id</c> of what it was done to.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Ids, counts, settings, before and after values as JSON; null where there is nothing to add.</summary>
    public string? DetailsJson { get; set; }

    /// <summary>The hash of the entry before; 64 zeros for the first.</summary>
    public string PreviousHash { get; set; } = "";

    /// <summary>HMAC-SHA256 over this entry and <see cref="PreviousHash"/>, 64 lower-case hex digits.</summary>
    public string Hash { get; set; } = "";
}

/// <summary>The single row that appends take turns on, and the last entry that was sealed.</summary>
internal sealed class AuditHead
{
    public const int OnlyId = 1;

    public int Id { get; set; }

    /// <summary>Counts the seals; its update is the lock that every database understands.</summary>
    public long SealCount { get; set; }

    public long Sequence { get; set; }

    public string Hash { get; set; } = "";
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.ActorId).HasMaxLength(450);
        builder.Property(entry => entry.ActorName).HasMaxLength(200);
        builder.Property(entry => entry.Action).HasMaxLength(60);
        builder.Property(entry => entry.Subject).HasMaxLength(120);
        builder.Property(entry => entry.PreviousHash).HasMaxLength(64);
        builder.Property(entry => entry.Hash).HasMaxLength(64);
        builder.HasIndex(entry => entry.Utc);
        builder.HasIndex(entry => entry.Subject);
    }
}

internal sealed class AuditHeadMapping : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("AuditHeads");
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.Property(head => head.Hash).HasMaxLength(64);
        builder.HasData(new AuditHead { Id = AuditHead.OnlyId, Sequence = 0, Hash = AuditSeal.NoHash });
    }
}
