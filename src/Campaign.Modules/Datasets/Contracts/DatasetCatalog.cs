using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>A dataset as other modules see it.</summary>
/// <param name="DeletedUtc">When its bytes and columns were deleted; null while they are there.</param>
public sealed record DatasetSummary(
    Guid Id, string FileName, string Fingerprint, long ByteCount, int RowCount, ColumnRoles Roles, bool ColumnsConfirmed,
    string UploadedByName, DateTime UploadedUtc, string ReadAs, int RejectedRowCount, int Version, DateTime? DeletedUtc = null)
{
    /// <summary>The columns that were read as dates, and how these are written.</summary>
    public IReadOnlyDictionary<string, DateForm> DateForms { get; init; } = new Dictionary<string, DateForm>();

    /// <summary>What it was made of; null where somebody sent it.</summary>
    public DatasetDerivation? Derivation { get; init; }

    /// <summary>No event that the file tells of is later: the day after the upload in UTC, as it was already tomorrow in the east.</summary>
    public DateOnly LatestDay => DateOnly.FromDateTime(UploadedUtc).AddDays(1);
}

/// <summary>The door to the datasets: look one up, open its typed columns.</summary>
public sealed class DatasetCatalog(CampaignDbContext db, FileStore files)
{
    public async Task<DatasetSummary?> FindAsync(Guid datasetId, CancellationToken cancellation = default) =>
        await db.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == datasetId, cancellation) is { } found ? found.Summary() : null;

    /// <summary>All datasets with exactly these bytes, deleted ones too, the latest first.</summary>
    public async Task<IReadOnlyList<DatasetSummary>> WithFingerprintAsync(string fingerprint, CancellationToken cancellation = default) =>
    [
        .. (await db.Set<Dataset>().AsNoTracking()
            .Where(dataset => dataset.Fingerprint == fingerprint).OrderByDescending(dataset => dataset.UploadedUtc).ToListAsync(cancellation))
            .Select(dataset => dataset.Summary()),
    ];

    /// <summary>The latest dataset with exactly these bytes that is not deleted; null where there is none.</summary>
    public async Task<DatasetSummary?> FindTwinAsync(string fingerprint, CancellationToken cancellation = default) =>
        (await WithFingerprintAsync(fingerprint, cancellation)).FirstOrDefault(twin => twin.DeletedUtc is null);

    /// <summary>The latest datasets that are not deleted, the latest first.</summary>
    public async Task<IReadOnlyList<DatasetSummary>> NewestAsync(int count, CancellationToken cancellation = default) =>
    [
        .. (await db.Set<Dataset>().AsNoTracking()
            .Where(dataset => dataset.DeletedUtc == null)
            .OrderByDescending(dataset => dataset.UploadedUtc).ThenBy(dataset => dataset.Id).Take(count).ToListAsync(cancellation))
            .Select(dataset => dataset.Summary()),
    ];

    /// <summary>The file names of these datasets, deleted ones too, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation = default) =>
        await db.Set<Dataset>().AsNoTracking().Where(dataset => ids.Contains(dataset.Id)).ToDictionaryAsync(dataset => dataset.Id, dataset => dataset.FileName, cancellation);

    /// <summary>The datasets that were made of this one, deleted ones too, the latest first.</summary>
    public async Task<IReadOnlyList<DatasetSummary>> DerivedFromAsync(Guid datasetId, CancellationToken cancellation = default) =>
    [
        .. (await db.Set<Dataset>().AsNoTracking()
            .Where(dataset => dataset.DerivedFromId == datasetId).OrderByDescending(dataset => dataset.UploadedUtc).ToListAsync(cancellation))
            .Select(dataset => dataset.Summary()),
    ];

    /// <summary>The latest confirmed file before this one with the same columns, in any order, and other bytes; null where there is none.</summary>
    public async Task<DatasetSummary?> FindEarlierAsync(Guid datasetId, CancellationToken cancellation = default)
    {
        var dataset = await db.Set<Dataset>().AsNoTracking().SingleAsync(one => one.Id == datasetId, cancellation);
        return (await dataset.Earlier(db).Where(other => other.HeaderSignature == dataset.HeaderSignature).FirstOrDefaultAsync(cancellation))?.Summary();
    }

    /// <summary>Maps the columns; the caller disposes.</summary>
    /// <exception cref="RefusedException">The dataset was deleted: only its row is left.</exception>
    public ColumnTable OpenColumns(Guid datasetId)
    {
        var folder = Dataset.ColumnsIn(files.DatasetFolder(datasetId));
        return Directory.Exists(folder)
            ? ColumnTable.Open(folder)
            : throw new RefusedException("The customer file behind this was deleted. What was made from it stays on record, but its customers can't be shown or used any more.");
    }

    /// <summary>
    /// Reads a further file for scoring into <paramref name="columnsFolder"/> (new, owned by the caller): the named columns must be there, in
    /// any order and with any case, spaces or accents in their names, and get exactly these names and kinds; other columns are left aside.
    /// </summary>
    /// <param name="kinds">The columns by name. A number column refuses text; <see cref="ColumnKind.Text"/> for the id, where every row must have one.</param>
    /// <param name="dates">How the dates of the model's file are written: decides for dates here that could be day or month first.</param>
    /// <exception cref="RefusedException">The file can't be read, or lacks a column.</exception>
    public static ColumnTable ReadFile(
        string path, string fileName, string columnsFolder, IReadOnlyDictionary<string, ColumnKind> kinds, IReadOnlyDictionary<string, DateForm>? dates = null,
        CancellationToken cancellation = default)
    {
        DatasetReader.ReadForScoring(path, fileName, columnsFolder, kinds, dates, cancellation);
        return ColumnTable.Open(columnsFolder);
    }

    /// <summary>
    /// The recorded customers of a dataset: class and customer number of every row. Customer numbers count the distinct ids from 0 in the
    /// order of their first row; without an id column every row is its own customer.
    /// </summary>
    public static RecordedCustomers ReadCustomers(ColumnTable table, ColumnRoles roles)
    {
        var affluent = ReadClasses(table, roles.Label, roles.AffluentValue);
        return roles.Id is null
            ? new(affluent, [.. Enumerable.Range(0, table.RowCount)], [.. Enumerable.Range(1, table.RowCount).Select(row => row.ToString(CultureInfo.InvariantCulture))])
            : WithIds(table, table.IndexOf(roles.Id), affluent);
    }

    /// <summary>One a row: whether the recorded class is the affluent one, however it is spelled.</summary>
    internal static bool[] ReadClasses(ColumnTable table, string label, string affluentValue)
    {
        var column = table.IndexOf(label);
        var key = LabelText.Key(affluentValue);
        bool[] isAffluent = [.. table.Columns[column].Categories.Select(category => LabelText.Key(category) == key)];
        var codes = table.Codes(column);
        var affluent = new bool[codes.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            affluent[row] = codes[row] >= 0 && isAffluent[codes[row]];
        }

        return affluent;
    }

    private static RecordedCustomers WithIds(ColumnTable table, int column, bool[] affluent)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var customerOfRow = new int[table.RowCount];
        List<string> ids = [];
        var characters = new char[256];
        for (var row = 0; row < customerOfRow.Length; row++)
        {
            var utf8 = table.Utf8(column, row);
            if (utf8.Length > characters.Length)
            {
                characters = new char[utf8.Length];
            }

            var id = characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, characters));
            if (!lookup.TryGetValue(id, out var number))
            {
                number = ids.Count;
                var text = id.ToString();
                ids.Add(text);
                numbers.Add(text, number);
            }

            customerOfRow[row] = number;
        }

        return new(affluent, customerOfRow, ids);
    }
}

/// <summary>Per row: the recorded class and the customer; per customer: the id.</summary>
/// <param name="Affluent">One a row; true where the recorded class is affluent.</param>
/// <param name="CustomerOfRow">One a row; index into <paramref name="CustomerIds"/>.</param>
/// <param name="CustomerIds">Distinct ids, character for character as in the file (the row number from 1 where there is no id column).</param>
public sealed record RecordedCustomers(bool[] Affluent, int[] CustomerOfRow, IReadOnlyList<string> CustomerIds)
{
    public int RowCount => Affluent.Length;

    public int CustomerCount => CustomerIds.Count;

    public int AffluentRowCount => Affluent.Count(affluent => affluent);
}
