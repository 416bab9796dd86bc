using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Modules.TargetLists.Suppression;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.Extensions.Caching.Memory;

namespace Campaign.Tests.TargetLists;

/// <summary>
/// Built target lists of two customers and one control customer, without a training: rows, files and first receipt as the job leaves them.
/// </summary>
internal static class SampleLists
{
    public static Actor Maker { get; } = new("maker", "Mei");

    public static TargetListSelection Selection { get; } = new(
        [new("K1", 1, 0.9, 'A', ListConfidence.High, 1), new("K2", 2, 0.8, 'B', ListConfidence.Low, 2)],
        [new("K3", 3, 0.7, 'A', ListConfidence.Medium, 1)],
        [new("K4", 4, ExclusionCause.RecordedAffluentInAnotherRow)],
        new([new("uploaded rows", "rows", 9), new("consented", "customers", null, "no consent column"), new("to contact", "customers", 2)], 2, 1, 1));

    public static async Task<Guid> AddAsync(
        CampaignDbContext db, FileStore files, SigningKey key, TimeProvider clock, Actor? maker = null, int validDays = 14, Guid? datasetId = null, Action<TargetList>? change = null)
    {
        var by = maker ?? Maker;
        var run = SampleRuns.Finished(datasetId ?? await AddDatasetAsync(db));
        db.Add(run);
        var now = clock.GetUtcNow().UtcDateTime;
        var list = new TargetList
        {
            Id = Guid.CreateVersion7(),
            ModelRunId = run.Id,
            Name = "Spring list",
            Purpose = "Invite to the premium account",
            Threshold = 0.5,
            DefinitionJson = new ListDefinition { Seed = 7, ControlShare = 0.25 }.ToJson(),
            CreatedById = by.Id,
            CreatedByName = by.Name,
            CreatedUtc = now,
            ValidUntilUtc = now.AddDays(validDays),
            CountsJson = JsonSerializer.Serialize(Selection.Counts, JsonSerializerOptions.Web),
        };
        change?.Invoke(list);
        db.Add(list);
        db.Add(new TargetListEntry { TargetListId = list.Id, Number = 0, Act = ListAct.Made, ToStage = ListStage.Draft, ActorId = by.Id, ActorName = by.Name, Utc = now });
        await db.SaveChangesAsync();

        var folder = Directory.CreateDirectory(files.ListFolder(list.Id)).FullName;
        await using (var members = File.Create(Path.Combine(folder, ListMembers.FileName)))
        {
            ListMembers.Write(members, Selection);
        }

        list.MembersHash = ReceiptCheck.HashOf(Path.Combine(folder, ListMembers.FileName));
        var made = new List<ReceiptFile>();
        foreach (var copy in new[] { ListCopy.Internal, ListCopy.Callers })
        {
            WriteWorkbook(Path.Combine(folder, ListCopies.FileName(copy)), ListCopies.InWords(copy));
            made.Add(new(ListCopies.FileName(copy), ListCopies.InWords(copy), ReceiptCheck.HashOf(Path.Combine(folder, ListCopies.FileName(copy))), 2));
        }

        (list.WorkbookHash, list.CallersWorkbookHash) = (made[0].Hash, made[1].Hash);
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var summary = (await new ModelRunCatalog(db, files, new WorkThreads(1), cache).FindAsync(run.Id))!;
        var dataset = new DatasetSummary(run.DatasetId, "customers.csv", run.Fingerprint, 100, 9, new ColumnRoles(null, "segment", "affluent", [], [], [], []), true, "Mei", DateTime.UnixEpoch, "", 0, 0);
        await Receipts(db, files, key, clock).AddBuiltAsync(list, ReceiptContent.Of(list, summary, dataset, "set by hand", Selection, [], made), folder, default);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return list.Id;
    }

    public static ListReceipts Receipts(CampaignDbContext db, FileStore files, SigningKey key, TimeProvider clock) => new(db, files, key, clock);

    public static SuppressionRegister Suppression(CampaignDbContext db, FileStore files, TimeProvider clock) => new(db, new DatasetCatalog(db, files), files, new AuditTrail(clock), clock);

    public static ContactPolicies Policies(CampaignDbContext db, TimeProvider clock) => new(db, new AuditTrail(clock), clock);

    /// <summary>As much of a workbook as names its owner and its approver.</summary>
    private static void WriteWorkbook(string path, string kind)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var part = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open(), new UTF8Encoding(false));
        part.Write($"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Owner</t></is></c><c r="B1" s="4" t="inlineStr"><is><t>Mei</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Approver</t></is></c><c r="B2" s="9" t="inlineStr"><is><t>not independently reviewed</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>{kind}</t></is></c></row></sheetData></worksheet>""");
    }

    private static async Task<Guid> AddDatasetAsync(CampaignDbContext db)
    {
        var dataset = new Campaign.Modules.Datasets.Dataset { Id = Guid.CreateVersion7(), FileName = "customers.csv", Fingerprint = new string('f', 64), RolesJson = "{}", UploadedUtc = DateTime.UnixEpoch };
        db.Add(dataset);
        await db.SaveChangesAsync();
        return dataset.Id;
    }
}
