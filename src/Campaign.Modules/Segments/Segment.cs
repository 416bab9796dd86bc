using Campaign.Learning.Segments;
using Campaign.Modules.Segments.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Segments;

/// <summary>
/// A named rule that says who belongs to it, with a product and a message for those people. It belongs to no file: it can be asked of any
/// that has its columns. Deleting retires it, so that what was made with it can still name it.
/// </summary>
public sealed class Segment
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary><see cref="SegmentRule"/> as JSON.</summary>
    public string RuleJson { get; set; } = "";

    public string Product { get; set; } = "";

    public string Message { get; set; } = "";

    public string CreatedById { get; set; } = "";

    public string CreatedByName { get; set; } = "";

    public DateTime CreatedUtc { get; set; }

    public string ChangedByName { get; set; } = "";

    public DateTime ChangedUtc { get; set; }

    /// <summary>Null while it can be chosen.</summary>
    public DateTime? RetiredUtc { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    public SegmentSummary Summary() =>
        new(Id, Name, SegmentRule.FromJson(RuleJson), Product, Message, CreatedByName, CreatedUtc, ChangedByName, ChangedUtc, RetiredUtc, Version);
}

/// <summary>A target list is made by this segment.</summary>
public sealed class SegmentUse
{
    public Guid SegmentId { get; set; }

    public Guid TargetListId { get; set; }
}

internal sealed class SegmentMapping : IEntityTypeConfiguration<Segment>
{
    public void Configure(EntityTypeBuilder<Segment> builder)
    {
        builder.ToTable("Segments");
        builder.Property(segment => segment.Name).HasMaxLength(SegmentRegister.LongestName);
        builder.Property(segment => segment.Product).HasMaxLength(SegmentRegister.LongestProduct);
        builder.Property(segment => segment.Message).HasMaxLength(SegmentRegister.LongestMessage);
        builder.Property(segment => segment.CreatedById).HasMaxLength(450);
        builder.Property(segment => segment.CreatedByName).HasMaxLength(200);
        builder.Property(segment => segment.ChangedByName).HasMaxLength(200);
        builder.Property(segment => segment.Version).IsConcurrencyToken();
    }
}

internal sealed class SegmentUseMapping : IEntityTypeConfiguration<SegmentUse>
{
    public void Configure(EntityTypeBuilder<SegmentUse> builder)
    {
        builder.ToTable("SegmentUses");
        builder.HasKey(use => new { use.SegmentId, use.TargetListId });
        builder.HasOne<Segment>().WithMany().HasForeignKey(use => use.SegmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
