using System.Text.Json;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Datasets;

/// <summary>
/// One uploaded file, never changed afterwards. Its bytes are <c>source.csv</c> or <c>source.xlsx</c> in the dataset's folder, its typed
/// columns the folder <c>columns</c> beside them (<see cref="Campaign.Learning.Columns.ColumnTable"/>).
/// </summary>
public sealed class Dataset
{
    public Guid Id { get; set; }

    /// <summary>The file's name as the person knows it, without folders; shown, never used as a path.</summary>
    public string FileName { get; set; } = "";

    /// <summary>SHA-256 of the whole file's bytes, 64 lower-case hex digits.</summary>
    public string Fingerprint { get; set; } = "";

    public long ByteCount { get; set; }

    /// <summary>Data rows, the header not counted.</summary>
    public int RowCount { get; set; }

    /// <summary>How the file was read (encoding, delimiter, sheet …): <see cref="FileDialect"/> as JSON.</summary>
    public string DialectJson { get; set; } = "{}";

    /// <summary>The roles of the columns: <see cref="ColumnRoles"/> as JSON. Guessed at upload, changed by the person until confirmed.</summary>
    public string RolesJson { get; set; } = "{}";

    /// <summary>A person has confirmed the columns (or a command named them): training may start.</summary>
    public bool ColumnsConfirmed { get; set; }

    /// <summary>The <see cref="Version"/> whose columns the stored profile and quality report are about; null until they are made.</summary>
    public int? ProfiledVersion { get; set; }

    /// <summary>Alike for files with the same columns, in any order and spelling: <see cref="Reading.HeaderNames.Signature"/>.</summary>
    public string HeaderSignature { get; set; } = "";

    /// <summary>Rows that the person allowed to be left out (ragged lines); 0 for a whole file.</summary>
    public int RejectedRowCount { get; set; }

    public string UploadedById { get; set; } = "";

    public string UploadedByName { get; set; } = "";

    public DateTime UploadedUtc { get; set; }

    /// <summary>The dataset whose rows it has; null for a file that somebody sent.</summary>
    public Guid? DerivedFromId { get; set; }

    /// <summary><see cref="DatasetDerivation"/> as JSON; null for a file that somebody sent.</summary>
    public string? DerivationJson { get; set; }

    /// <summary>When the bytes and the columns were deleted; the row stays, so that what was made from it can still name it.</summary>
    public DateTime? DeletedUtc { get; set; }

    public string? DeletedByName { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    /// <summary>Where the typed columns lie in a dataset's folder.</summary>
    internal static string ColumnsIn(string datasetFolder) => Path.Combine(datasetFolder, "columns");

    /// <summary>Where the uploaded bytes lie in a dataset's folder.</summary>
    internal static string SourceIn(string datasetFolder, FileFormat format) => Path.Combine(datasetFolder, format == FileFormat.Xlsx ? "source.xlsx" : "source.csv");

    internal FileDialect ReadDialect() => JsonSerializer.Deserialize<FileDialect>(DialectJson, JsonSerializerOptions.Web)!;

    internal ColumnRoles ReadRoles() => JsonSerializer.Deserialize<ColumnRoles>(RolesJson, JsonSerializerOptions.Web)!;

    internal DatasetDerivation? ReadDerivation() => DerivationJson is null ? null : JsonSerializer.Deserialize<DatasetDerivation>(DerivationJson, JsonSerializerOptions.Web);

    internal void Derive(DatasetDerivation? derivation)
    {
        DerivedFromId = derivation?.FromDatasetId;
        DerivationJson = derivation is null ? null : JsonSerializer.Serialize(derivation, JsonSerializerOptions.Web);
    }

    /// <summary>The confirmed files before this one, with other bytes and not deleted; the latest first.</summary>
    internal IQueryable<Dataset> Earlier(CampaignDbContext db) => db.Set<Dataset>().AsNoTracking()
        .Where(other => other.Id != Id && other.ColumnsConfirmed && other.DeletedUtc == null && other.UploadedUtc < UploadedUtc && other.Fingerprint != Fingerprint)
        .OrderByDescending(other => other.UploadedUtc);

    internal DatasetSummary Summary() =>
        new(Id, FileName, Fingerprint, ByteCount, RowCount, ReadRoles(), ColumnsConfirmed, UploadedByName, UploadedUtc, ReadDialect().Describe(), RejectedRowCount, Version, DeletedUtc)
        {
            DateForms = ReadDialect().Dates,
            Derivation = ReadDerivation(),
        };
}

internal sealed class DatasetMapping : IEntityTypeConfiguration<Dataset>
{
    public void Configure(EntityTypeBuilder<Dataset> builder)
    {
        builder.ToTable("Datasets");
        builder.Property(dataset => dataset.FileName).HasMaxLength(300);
        builder.Property(dataset => dataset.Fingerprint).HasMaxLength(64);
        builder.Property(dataset => dataset.HeaderSignature).HasMaxLength(64);
        builder.Property(dataset => dataset.DeletedByName).HasMaxLength(200);
        builder.Property(dataset => dataset.UploadedById).HasMaxLength(450);
        builder.Property(dataset => dataset.UploadedByName).HasMaxLength(200);
        builder.Property(dataset => dataset.Version).IsConcurrencyToken();
        builder.HasIndex(dataset => dataset.Fingerprint);
        builder.HasIndex(dataset => dataset.HeaderSignature);
        builder.HasIndex(dataset => dataset.DerivedFromId);
    }
}
