using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>
/// A file of outcomes sent for a target list. It waits until a person has said how it is read; then its outcomes are recorded for good. The
/// latest recorded one counts; a later one supersedes it, and every one is kept. Its folder lies in the list's: the bytes as sent,
/// <see cref="OutcomeFile"/> and <see cref="OutcomeResults"/> once recorded.
/// </summary>
public sealed class OutcomeUpload
{
    /// <summary>The bytes as they were sent.</summary>
    internal const string SourceFile = "source";

    public Guid Id { get; set; }

    public Guid TargetListId { get; set; }

    /// <summary>As the person knows it; shown, never used as a path.</summary>
    public string FileName { get; set; } = "";

    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits.</summary>
    public string Fingerprint { get; set; } = "";

    public string SentById { get; set; } = "";

    public string SentByName { get; set; } = "";

    public DateTime SentUtc { get; set; }

    /// <summary><see cref="OutcomeMapping"/> as JSON; null while it waits.</summary>
    public string? MappingJson { get; set; }

    /// <summary><see cref="OutcomeCounts"/> as JSON; null while it waits.</summary>
    public string? CountsJson { get; set; }

    /// <summary>SHA-256 of <see cref="OutcomeFile"/>; null while it waits.</summary>
    public string? OutcomesHash { get; set; }

    /// <summary>Null while it waits.</summary>
    public DateTime? RecordedUtc { get; set; }

    public string? RecordedById { get; set; }

    public string? RecordedByName { get; set; }

    /// <summary>The recorded upload that counted before this one; null for the first.</summary>
    public Guid? SupersedesId { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    internal OutcomeMapping? ReadMapping() => MappingJson is null ? null : JsonSerializer.Deserialize<OutcomeMapping>(MappingJson, JsonSerializerOptions.Web);

    internal OutcomeCounts? ReadCounts() => CountsJson is null ? null : JsonSerializer.Deserialize<OutcomeCounts>(CountsJson, JsonSerializerOptions.Web);
}

internal sealed class OutcomeUploadMapping : IEntityTypeConfiguration<OutcomeUpload>
{
    public void Configure(EntityTypeBuilder<OutcomeUpload> builder)
    {
        builder.ToTable("OutcomeUploads");
        builder.Property(upload => upload.FileName).HasMaxLength(300);
        builder.Property(upload => upload.Fingerprint).HasMaxLength(64);
        builder.Property(upload => upload.OutcomesHash).HasMaxLength(64);
        builder.Property(upload => upload.SentById).HasMaxLength(450);
        builder.Property(upload => upload.SentByName).HasMaxLength(200);
        builder.Property(upload => upload.RecordedById).HasMaxLength(450);
        builder.Property(upload => upload.RecordedByName).HasMaxLength(200);
        builder.Property(upload => upload.Version).IsConcurrencyToken();
        builder.HasOne<TargetList>().WithMany().HasForeignKey(upload => upload.TargetListId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(upload => upload.SupersedesId).IsUnique();
    }
}
