using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists;

/// <summary>One time that a target list left; written once.</summary>
public sealed class ListExport
{
    public Guid Id { get; set; }

    public Guid TargetListId { get; set; }

    public ListCopy Copy { get; set; }

    /// <summary>Why this person needs the list: asked once, and kept with each further time.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Customers to contact in the file.</summary>
    public int RowCount { get; set; }

    /// <summary>SHA-256 of the bytes that left.</summary>
    public string FileHash { get; set; } = "";

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public DateTime Utc { get; set; }
}

internal sealed class ListExportMapping : IEntityTypeConfiguration<ListExport>
{
    public void Configure(EntityTypeBuilder<ListExport> builder)
    {
        builder.ToTable("ListExports");
        builder.Property(export => export.Reason).HasMaxLength(ListHistory.LongestReason);
        builder.Property(export => export.FileHash).HasMaxLength(64);
        builder.Property(export => export.ActorId).HasMaxLength(450);
        builder.Property(export => export.ActorName).HasMaxLength(200);
        builder.HasOne<TargetList>().WithMany().HasForeignKey(export => export.TargetListId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(export => new { export.TargetListId, export.Utc });
    }
}
