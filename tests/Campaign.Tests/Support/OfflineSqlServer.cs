using System.Data;
using System.Data.Common;
using Campaign.Migrations.SqlServer;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Campaign.Tests.Support;

/// <summary>
/// SQL Server without a server: queries become its SQL, and instead of being sent they find nothing. A query that can't be told in its
/// SQL fails as it would against a server.
/// </summary>
public sealed class OfflineSqlServer
{
    private readonly List<string> _commands = [];

    public IReadOnlyList<string> Commands => _commands;

    public CampaignDbContext Open()
    {
        var options = new DbContextOptionsBuilder<SqlServerCampaignDbContext>()
            .UseSqlServer("Server=model-only")
            .AddInterceptors(new NoConnection(), new NoCommand(_commands));
        return new SqlServerCampaignDbContext(options.Options);
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            InterceptionResult.Suppress();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());
    }

    private sealed class NoCommand(List<string> commands) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            commands.Add(command.CommandText);
            using var nothing = new DataTable();
            return new(InterceptionResult<DbDataReader>.SuppressWithResult(nothing.CreateDataReader()));
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            commands.Add(command.CommandText);
            return new(InterceptionResult<int>.SuppressWithResult(0));
        }
    }
}
