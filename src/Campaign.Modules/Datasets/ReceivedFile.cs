using System.Text.Json;
using Campaign.Modules.Datasets.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Datasets;

/// <summary>
/// A file that has arrived and is not a dataset yet: a person says how it is to be read, a job checks it. Its folder is already that of the
/// dataset that it becomes, under the same id; this row then gives way to the dataset's. Where it stands is told by its latest job
/// (<see cref="CheckFileJob"/>) and by <see cref="RejectedRowCount"/>.
/// </summary>
public sealed class ReceivedFile
{
    /// <summary>Also the dataset's, once it is one.</summary>
    public Guid Id { get; set; }

    /// <summary>As the person knows it, without folders; shown, never used as a path.</summary>
    public string FileName { get; set; } = "";

    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits.</summary>
    public string Fingerprint { get; set; } = "";

    public long ByteCount { get; set; }

    public FileFormat Format { get; set; }

    /// <summary>How it is to be read: <see cref="ReadingChoices"/> as JSON.</summary>
    public string ChoicesJson { get; set; } = "{}";

    /// <summary>
    /// Rows that can't be used, where the check found some: <see cref="CheckedFile"/> lies in the folder, and a person decides whether to go
    /// on without them. Null before the check; a file without such rows becomes a dataset at once.
    /// </summary>
    public int? RejectedRowCount { get; set; }

    public string ReceivedById { get; set; } = "";

    public string ReceivedByName { get; set; } = "";

    public DateTime ReceivedUtc { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    internal ReadingChoices ReadChoices() => JsonSerializer.Deserialize<ReadingChoices>(ChoicesJson, JsonSerializerOptions.Web)!;
}

internal sealed class ReceivedFileMapping : IEntityTypeConfiguration<ReceivedFile>
{
    public void Configure(EntityTypeBuilder<ReceivedFile> builder)
    {
        builder.ToTable("ReceivedFiles");
        builder.Property(file => file.FileName).HasMaxLength(300);
        builder.Property(file => file.Fingerprint).HasMaxLength(64);
        builder.Property(file => file.ReceivedById).HasMaxLength(450);
        builder.Property(file => file.ReceivedByName).HasMaxLength(200);
        builder.Property(file => file.Version).IsConcurrencyToken();
    }
}
