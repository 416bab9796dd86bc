using System.Text;
using Campaign.Learning.Columns;

namespace Campaign.Tests.Learning;

/// <summary>A small column table in a temporary folder, column by column.</summary>
internal sealed class InventedTable : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-invented-").FullName;

    /// <param name="columns">Cells are float (NaN missing) for numbers, string (null missing) for categories and texts.</param>
    internal InventedTable(params (string Name, ColumnKind Kind, Array Cells)[] columns)
    {
        using (var writer = new ColumnTableWriter(_folder, [.. columns.Select(column => new ColumnPlan(column.Name, column.Kind))]))
        {
            for (var row = 0; row < columns[0].Cells.Length; row++)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    switch (columns[i].Cells.GetValue(row))
                    {
                        case float number:
                            writer.AddNumber(i, number);
                            break;
                        case string text:
                            writer.AddText(i, Encoding.UTF8.GetBytes(text));
                            break;
                        default:
                            writer.AddMissing(i);
                            break;
                    }
                }

                writer.EndRow();
            }

            writer.Complete();
        }

        Table = ColumnTable.Open(_folder);
    }

    internal ColumnTable Table { get; }

    public void Dispose()
    {
        Table.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
