using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Campaign.Tests.Support;

/// <summary>A PostgreSQL server of our own on a free port, one for the whole test run, gone with the test process however that ends.</summary>
internal sealed class PostgreSqlServer
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    // $1 programs, $2 folder, $3 port. Runs as the current user, or as postgres where that is root (initdb refuses root). It waits for
    // the end of its input, which comes even when the test process is killed, and then stops the server and removes the folder.
    private const string Guardian = """
        set -e
        as=''
        mkdir -m 711 "$2"
        if [ "$(id -u)" = 0 ]; then chown postgres "$2"; as='runuser -u postgres --'; fi
        cd /
        $as "$1/initdb" -D "$2/data" -A trust -U postgres --no-locale -E UTF8 -N >"$2.log" 2>&1
        $as "$1/pg_ctl" -D "$2/data" -w -t 60 -l "$2/log" -o "-p $3 -k $2 -c listen_addresses=127.0.0.1 -c max_connections=400 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
        echo ready
        cat >/dev/null || true
        $as "$1/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1 || true
        rm -rf "$2" "$2.log"
        """;

    private static readonly Lazy<PostgreSqlServer> Shared = new(() => new PostgreSqlServer());

    // Kept: closing its input stops the server.
    private readonly Process _guardian;

    private PostgreSqlServer()
    {
        var port = FreePort();
        var folder = $"/tmp/campaign-postgres-{Guid.NewGuid():N}";
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments = ["-c", Guardian, "sh", Programs, folder, port.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _guardian = Process.Start(start)!;
        if (_guardian.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException($"PostgreSQL did not start; see {folder}.log");
        }

        Connection = $"Host=127.0.0.1;Port={port};Username=postgres;Maximum Pool Size=30";
    }

    /// <summary>Started on first use.</summary>
    public static PostgreSqlServer Instance => Shared.Value;

    /// <summary>Why it can't run here; null where it can.</summary>
    public static string? AbsentReason => File.Exists(Path.Combine(Programs, "initdb")) ? null : "postgresql-15 is not installed";

    /// <summary>Without a database name.</summary>
    public string Connection { get; }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
