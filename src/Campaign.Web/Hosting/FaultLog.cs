using System.Diagnostics;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Diagnostics;

namespace Campaign.Web.Hosting;

/// <summary>Logs a fault under the number that the error page shows; the page itself answers.</summary>
internal sealed class FaultLog(ILogger<FaultLog> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var reference = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
        log.LogError("A request failed, reference {Reference}: {Fault}", reference, Fault.Describe(exception));
        return ValueTask.FromResult(false);
    }
}
