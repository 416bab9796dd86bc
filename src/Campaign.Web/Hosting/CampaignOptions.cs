using Campaign.Modules.Platform;

namespace Campaign.Web.Hosting;

/// <summary>How to start Campaign.</summary>
public sealed record CampaignOptions
{
    public required string DataFolder { get; init; }

    /// <summary>Where the key that signs receipts lies; null for the data folder's own keys.</summary>
    public string? KeysFolder { get; init; }

    /// <summary>Null for the embedded database of the data folder.</summary>
    public DatabaseChoice? Database { get; init; }

    /// <summary>People sign in. Otherwise the local owner works alone, on loopback only.</summary>
    public bool IsServer { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    /// <summary>Runs queued jobs in this process.</summary>
    public bool RunsJobs { get; init; } = true;

    /// <summary>Threads that one piece of work may use, 1 or more. Results do not depend on it.</summary>
    public int ThreadCount { get; init; } = Environment.ProcessorCount;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
