using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Learning;

namespace Campaign.Modules.Governance;

/// <summary>
/// The documents of a model run. Where they can't be printed (no browser), their records are kept beside the place of the PDFs, so that
/// <see cref="PrintRecordedAsync"/> makes them later without the run.
/// </summary>
public sealed class RunDocuments(ModelCardBuilder cards, AuditReportBuilder reports, ChromiumPrinter printer)
{
    public const string ModelCardFileName = "model-card.pdf";
    public const string AuditReportFileName = "audit-report.pdf";
    public const string RecordsFileName = "documents.json";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes both PDFs into a folder.</summary>
    /// <exception cref="RefusedException">The run is not finished; or nothing can be printed here: then their records are in the folder.</exception>
    public async Task WriteAsync(Guid runId, string folder, CancellationToken cancellation = default)
    {
        var records = new Records(await cards.BuildAsync(runId, cancellation), await reports.BuildAsync(runId, cancellation));
        try
        {
            await PrintAsync(records, folder, cancellation);
        }
        catch (RefusedException)
        {
            await using var file = File.Create(Path.Combine(folder, RecordsFileName));
            await JsonSerializer.SerializeAsync(file, records, Json, cancellation);
            throw;
        }
    }

    /// <summary>Prints what <see cref="WriteAsync"/> could not, and removes the records.</summary>
    /// <exception cref="RefusedException">There is nothing to print in the folder, or it still can't be printed.</exception>
    public static async Task PrintRecordedAsync(string folder, ChromiumPrinter printer, CancellationToken cancellation = default)
    {
        var path = Path.Combine(folder, RecordsFileName);
        if (!File.Exists(path))
        {
            throw new RefusedException($"There are no documents to print in '{folder}': it needs a {RecordsFileName}, which 'campaign run' leaves where it found no browser.");
        }

        await PrintAsync(await ReadAsync(path, cancellation), folder, printer, cancellation);
        File.Delete(path);
    }

    /// <summary>The model card alone, for a download.</summary>
    /// <exception cref="RefusedException">The run is not finished, or nothing can be printed here.</exception>
    public async Task WriteModelCardAsync(Guid runId, string path, CancellationToken cancellation = default) =>
        await printer.PrintAsync(ModelCardPdf.ToHtml(await cards.BuildAsync(runId, cancellation)), path, cancellation);

    /// <summary>The audit report alone, for a download.</summary>
    /// <exception cref="RefusedException">The run is not finished, or nothing can be printed here.</exception>
    public async Task WriteAuditReportAsync(Guid runId, string path, CancellationToken cancellation = default) =>
        await printer.PrintAsync(AuditReportPdf.ToHtml(await reports.BuildAsync(runId, cancellation)), path, cancellation);

    private Task PrintAsync(Records records, string folder, CancellationToken cancellation) => PrintAsync(records, folder, printer, cancellation);

    private static async Task PrintAsync(Records records, string folder, ChromiumPrinter printer, CancellationToken cancellation)
    {
        await Task.WhenAll(
            printer.PrintAsync(ModelCardPdf.ToHtml(records.ModelCard), Path.Combine(folder, ModelCardFileName), cancellation),
            printer.PrintAsync(AuditReportPdf.ToHtml(records.AuditReport), Path.Combine(folder, AuditReportFileName), cancellation));
    }

    private static async Task<Records> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<Records>(file, Json, cancellation) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException($"{RecordsFileName} is damaged: run 'campaign run' again.");
        }
    }

    internal sealed record Records(ModelCard ModelCard, AuditReport AuditReport);
}
