using Campaign.Learning.Columns;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>A dataset as other modules see it.</summary>
public sealed record DatasetSummary(
    Guid Id, string FileName, string Fingerprint, long ByteCount, int RowCount, ColumnRoles Roles, bool ColumnsConfirmed,
    string UploadedByName, DateTime UploadedUtc, string ReadAs);

/// <summary>The door to the datasets: look one up, open its typed columns.</summary>
#pragma warning disable CS9113
public sealed class DatasetCatalog(CampaignDbContext db, FileStore files)
{
    public Task<DatasetSummary?> FindAsync(Guid datasetId, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Maps the columns; the caller disposes.</summary>
    public ColumnTable OpenColumns(Guid datasetId) => throw new NotImplementedException();

    /// <summary>
    /// The recorded customers of a dataset: class and customer number of every row. Customer numbers count the distinct ids from 0 in the
    /// order of their first row; without an id column every row is its own customer.
    /// </summary>
    public static RecordedCustomers ReadCustomers(ColumnTable table, ColumnRoles roles) => throw new NotImplementedException();
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
