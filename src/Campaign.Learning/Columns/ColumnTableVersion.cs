namespace Campaign.Learning.Columns;

/// <summary>A table as it is now, to go back to after <see cref="ColumnTableWriter.Replacing"/>: replacing never touches earlier data files.</summary>
public sealed class ColumnTableVersion
{
    private readonly string folder;
    private readonly TableFile file;

    private ColumnTableVersion(string folder)
    {
        this.folder = folder;
        file = TableFile.Read(folder);
    }

    public static ColumnTableVersion Of(string folder) => new(folder);

    public void Restore() => file.Write(folder);
}
