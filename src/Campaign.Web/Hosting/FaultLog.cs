using System.Diagnostics;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Diagnostics;

namespace Campaign.Web.Hosting;

/// <summary>Logs a fault under the number that the error page shows; the page itself answers. A refusal is no fault.</summary>
internal sealed class FaultLog(ILogger<FaultLog> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not RefusedException)
        {
            var reference = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
            log.LogError("A request failed, reference {Reference}: {Fault}", reference, Fault.Describe(exception));
        }

        return ValueTask.FromResult(false);
    }
}
