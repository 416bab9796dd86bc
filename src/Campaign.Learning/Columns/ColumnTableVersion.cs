namespace Campaign.Learning.Columns;

/// <summary>A table as it is now, to go back to after <see cref="ColumnTableWriter.Replacing"/>: replacing never touches earlier data files.</summary>
public sealed class ColumnTableVersion
{
    private readonly string folder;
    private readonly TableFile file;

    private ColumnTableVersion(string folder, TableFile file)
    {
        this.folder = folder;
        this.file = file;
    }

    public static ColumnTableVersion Of(string folder) => new(folder, TableFile.Read(folder));

    /// <summary>From <see cref="ToJson"/>, for going back in another process.</summary>
    public static ColumnTableVersion FromJson(string folder, string json) => new(folder, TableFile.FromJson(json));

    public string ToJson() => file.ToJson();

    public void Restore() => file.Write(folder);
}
