namespace Campaign.Modules.Platform;

public enum DatabaseProvider
{
    /// <summary>One file in the data folder, for one process on one machine.</summary>
    Sqlite,

    PostgreSql,

    SqlServer,
}

/// <summary>Which database holds the rows, and how to reach it. Never written to a log: the connection may hold a password.</summary>
public sealed record DatabaseChoice(DatabaseProvider Provider, string Connection)
{
    /// <summary>Several processes may work on it at once: jobs are shared, and the schema is brought up to date by a command.</summary>
    public bool IsShared => Provider != DatabaseProvider.Sqlite;

    /// <summary>The embedded database of a data folder.</summary>
    public static DatabaseChoice EmbeddedIn(FileStore files) =>
        new(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(files.Root, "campaign.db")};Default Timeout=30");

    public override string ToString() => Provider.ToString();
}
