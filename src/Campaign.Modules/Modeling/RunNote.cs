using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Modeling;

/// <summary>What a person wrote about a model run. Written once: who thinks otherwise writes another one.</summary>
public sealed class RunNote
{
    public Guid Id { get; set; }

    public Guid ModelRunId { get; set; }

    /// <summary>1 to <see cref="RunNotes.LongestNote"/> characters.</summary>
    public string Text { get; set; } = "";

    public string CreatedById { get; set; } = "";

    public string CreatedByName { get; set; } = "";

    public DateTime CreatedUtc { get; set; }
}

/// <summary>A word that a run is found by; a run has each once.</summary>
public sealed class RunTag
{
    public Guid ModelRunId { get; set; }

    /// <summary>Small letters, 1 to <see cref="RunNotes.LongestTag"/> characters.</summary>
    public string Tag { get; set; } = "";
}

internal sealed class RunNoteMapping : IEntityTypeConfiguration<RunNote>
{
    public void Configure(EntityTypeBuilder<RunNote> builder)
    {
        builder.ToTable("RunNotes");
        builder.Property(note => note.Text).HasMaxLength(RunNotes.LongestNote);
        builder.Property(note => note.CreatedById).HasMaxLength(450);
        builder.Property(note => note.CreatedByName).HasMaxLength(200);
        builder.HasOne<ModelRun>().WithMany().HasForeignKey(note => note.ModelRunId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RunTagMapping : IEntityTypeConfiguration<RunTag>
{
    public void Configure(EntityTypeBuilder<RunTag> builder)
    {
        builder.ToTable("RunTags");
        builder.HasKey(tag => new { tag.ModelRunId, tag.Tag });
        builder.Property(tag => tag.Tag).HasMaxLength(RunNotes.LongestTag);
        builder.HasOne<ModelRun>().WithMany().HasForeignKey(tag => tag.ModelRunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(tag => tag.Tag);
    }
}
