using System.Globalization;
using System.Text;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>What a dataset was made of that is not a file somebody sent.</summary>
/// <param name="FromDatasetId">The dataset whose rows it has.</param>
/// <param name="TargetListId">The list whose outcomes changed the recorded classes.</param>
/// <param name="OutcomeUploadId">Which upload of these outcomes.</param>
/// <param name="ChangedRowCount">Rows that were recorded normal there and are recorded affluent here.</param>
/// <param name="ChangedCustomerCount">Their customers.</param>
public sealed record DatasetDerivation(Guid FromDatasetId, Guid TargetListId, Guid OutcomeUploadId, int ChangedRowCount, int ChangedCustomerCount);

/// <summary>
/// Makes a new dataset of another one in which some customers are recorded affluent: a CSV with the other one's rows, taken in like any file
/// with the same column roles. The other one's bytes stay as they are.
/// </summary>
public sealed class DatasetRelabelling(CampaignDbContext db, DatasetIntake intake, FileStore files)
{
    /// <param name="affluentIds">Customer ids as the dataset spells them; the row number where it has no id column.</param>
    /// <param name="name">What the new dataset is called.</param>
    /// <exception cref="RefusedException">The dataset was deleted, its columns are not confirmed, no row would change, or the new one can't be taken in.</exception>
    public async Task<DatasetSummary> CreateAsync(
        Guid datasetId, IReadOnlySet<string> affluentIds, string name, Guid targetListId, Guid outcomeUploadId, Actor actor, CancellationToken cancellation = default)
    {
        var dataset = await db.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == datasetId && one.DeletedUtc == null, cancellation)
            ?? throw new RefusedException("The customer file behind this was deleted: its rows can't be used for a new one.");
        if (!dataset.ColumnsConfirmed)
        {
            throw new RefusedException("The columns of the customer file are not confirmed. Confirm them first.");
        }

        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        var path = Path.Combine(staging, "relabelled.csv");
        var (rows, customers) = Write(dataset, affluentIds, path, cancellation);
        if (rows == 0)
        {
            throw new RefusedException("No recorded class would change: every customer with a success is recorded affluent already. Train on the customer file as it is.");
        }

        var dialect = dataset.ReadDialect();
        var options = new IntakeOptions(
            new RememberedColumns { RolesJson = dataset.RolesJson }.ToRequest(),
            Confirm: true,
            Reading: new ReadingChoices(
                TextEncodings.Utf8Name, ',', HeaderLine: 1, DecimalComma: dialect.DecimalComma,
                Dates: dialect.Dates.Values.Where(form => form is DateForm.DayFirst or DateForm.MonthFirst).Select(form => (DateForm?)form).FirstOrDefault()))
        {
            Derivation = new DatasetDerivation(datasetId, targetListId, outcomeUploadId, rows, customers),
        };
        await using var content = File.OpenRead(path);
        return (await intake.ReceiveAsync(content, name, options, actor, cancellation)).Dataset.Summary();
    }

    /// <summary>Row by row, without the lines that were no customers or could not be used.</summary>
    private (int Rows, int Customers) Write(Dataset dataset, IReadOnlySet<string> affluentIds, string path, CancellationToken cancellation)
    {
        var (folder, dialect, roles) = (files.DatasetFolder(dataset.Id), dataset.ReadDialect(), dataset.ReadRoles());
        using var table = Campaign.Learning.Columns.ColumnTable.Open(Dataset.ColumnsIn(folder));
        string[] columns = [.. table.Columns.Select(column => column.Name)];
        int label = Array.IndexOf(columns, roles.Label), id = roles.Id is null ? -1 : Array.IndexOf(columns, roles.Id);
        var left = RejectedRow.LoadLines(folder);
        left.UnionWith(ReadingFacts.Load(folder).SetAside.Select(line => line.Line));
        var affluent = LabelText.Key(roles.AffluentValue);
        int rowCount = 0, changedCount = 0;
        HashSet<string> changed = [];
        using var source = RowSource.Open(Dataset.SourceIn(folder, dialect.Format), dialect, _ => { });
        using var csv = CsvWriter.Create(File.Create(path), new CsvWriterOptions { NewLine = "\n" });
        csv.WriteRecord(columns);
        for (var record = 0; source.Read(); record++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (record <= dialect.HeaderRecord || source.IsBlank || left.Contains(source.Line))
            {
                continue;
            }

            rowCount++;
            var cells = source.TrimmedTexts();
            Array.Resize(ref cells, columns.Length);
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] ??= "";
            }

            var customer = id < 0 ? rowCount.ToString(CultureInfo.InvariantCulture) : cells[id];
            if (affluentIds.Contains(customer) && LabelText.Key(cells[label]) != affluent)
            {
                cells[label] = roles.AffluentValue;
                changedCount++;
                changed.Add(customer);
            }

            csv.WriteRecord(cells);
        }

        return rowCount == dataset.RowCount
            ? (changedCount, changed.Count)
            : throw new InvalidDataException($"The kept file has {rowCount} rows where the dataset has {dataset.RowCount}.");
    }
}
