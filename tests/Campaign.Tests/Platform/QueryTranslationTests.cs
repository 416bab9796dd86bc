using Campaign.Migrations;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Platform;

/// <summary>
/// The queries of the modules become SQL on every database, SQL Server included, without a server. A module with a query of more than a
/// look-up by id adds a line here.
/// </summary>
public sealed class QueryTranslationTests
{
    private static readonly Dictionary<string, Func<CampaignDbContext, IQueryable>> Queries = new()
    {
        ["audit trail, filtered page"] = db => AuditQuery.OnPage(
            new AuditQuery(db).Matching(new AuditFilter("id", AuditActions.Downloaded, "dataset:", DateTime.UnixEpoch, DateTime.UnixEpoch)), 2),
        ["audit trail, actors"] = db => new AuditQuery(db).Actors(),
        ["jobs, open"] = db => JobRunner.Open(db, Guid.Empty),
        ["jobs, left over"] = db => JobRecovery.LeftOver(db, DateTime.UnixEpoch),
        ["people, administrators"] = db => FirstAdministrator.Administrators(db),
    };

    public static TheoryData<DatabaseProvider, string> Cases
    {
        get
        {
            var cases = new TheoryData<DatabaseProvider, string>();
            foreach (var provider in Enum.GetValues<DatabaseProvider>())
            {
                foreach (var query in Queries.Keys)
                {
                    cases.Add(provider, query);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_query_becomes_sql(DatabaseProvider provider, string query)
    {
        var connection = provider == DatabaseProvider.Sqlite ? "Data Source=model-only" : provider == DatabaseProvider.PostgreSql ? "Host=model-only" : "Server=model-only";
        using var db = CampaignDatabase.Open(new(provider, connection));

        Assert.Contains("FROM", Queries[query](db).ToQueryString(), StringComparison.Ordinal);
    }
}
