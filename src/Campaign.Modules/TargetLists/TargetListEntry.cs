using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists;

/// <summary>What was done to a target list.</summary>
public enum ListAct
{
    Made,
    Edited,
    Submitted,
    SentBack,
    Approved,

    /// <summary>It left, for the first time or again.</summary>
    Exported,
    Withdrawn,
}

/// <summary>One line of a target list's history; written once.</summary>
public sealed class TargetListEntry
{
    public Guid TargetListId { get; set; }

    /// <summary>From 0; the list's <see cref="TargetList.Version"/> that it led to.</summary>
    public int Number { get; set; }

    public ListAct Act { get; set; }

    /// <summary>Null for the making.</summary>
    public ListStage? FromStage { get; set; }

    public ListStage ToStage { get; set; }

    /// <summary>Empty for the making and for edits.</summary>
    public string Reason { get; set; } = "";

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public DateTime Utc { get; set; }
}

internal sealed class TargetListEntryMapping : IEntityTypeConfiguration<TargetListEntry>
{
    public void Configure(EntityTypeBuilder<TargetListEntry> builder)
    {
        builder.ToTable("TargetListEntries");
        builder.HasKey(entry => new { entry.TargetListId, entry.Number });
        builder.Property(entry => entry.Number).ValueGeneratedNever();
        builder.Property(entry => entry.Reason).HasMaxLength(1000);
        builder.Property(entry => entry.ActorId).HasMaxLength(450);
        builder.Property(entry => entry.ActorName).HasMaxLength(200);
        builder.HasOne<TargetList>().WithMany().HasForeignKey(entry => entry.TargetListId).OnDelete(DeleteBehavior.Restrict);
    }
}
