using System.Net;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Http.Features;

namespace Campaign.Web.Hosting;

/// <summary>Builds the web application.</summary>
public static class CampaignHost
{
    /// <summary>Ready to run; the start itself takes the data folder and looks at the database (<see cref="StartUp"/>).</summary>
    /// <exception cref="RefusedException">Single-user mode on an address that other machines reach.</exception>
    public static WebApplication Build(CampaignOptions options)
    {
        if (!options.IsServer && options.Urls.FirstOrDefault(url => !IsLoopback(url)) is { } open)
        {
            throw new RefusedException($"{open} can be reached from other machines, and single-user mode asks nobody to sign in. Add --server, or use http://127.0.0.1.");
        }

        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Named, so that the pages are found when another program (a test) starts it.
            ApplicationName = typeof(CampaignHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Directory.Exists(published) ? published : null,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = UploadLimits.FileBytes;
        });
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        builder.Logging.AddCampaignLog(LogLevel.Information);
        AddServices(builder.Services, options);

        var app = builder.Build();
        UsePipeline(app, options);
        return app;
    }

    /// <summary>
    /// The address to open, of a started application: with the one-time token in single-user mode, of the setup page while a server has no
    /// administrator.
    /// </summary>
    public static async Task<string> OpeningAddressAsync(WebApplication app)
    {
        var address = app.Urls.First();
        return app.Services.GetRequiredService<InstallationMode>().IsSingleUser
            ? $"{address}/?token={app.Services.GetRequiredService<LocalOwner>().NewToken()}"
            : address + await app.Services.GetRequiredService<FirstAdministrator>().NewLinkAsync();
    }

    private static void AddServices(IServiceCollection services, CampaignOptions options)
    {
        var files = new FileStore(options.DataFolder);
        services.AddCampaign(options, files);
        services.AddHostedService(provider => provider.GetRequiredService<StartUp>());
        services.AddSignIn(CampaignServices.ModeOf(options), files);
        if (options.RunsJobs)
        {
            services.AddJobWorker();
        }

        services.AddRazorPages().WithRazorPagesRoot("/");
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        services.AddExceptionHandler<FaultLog>();
        services.Configure<FormOptions>(forms => forms.MultipartBodyLengthLimit = UploadLimits.FormBytes);
        services.AddResponseCompression(compression =>
        {
            // Files alike for everyone only: a page's anti-forgery token could be guessed from its compressed length.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    private static void UsePipeline(WebApplication app, CampaignOptions options)
    {
        app.UseExceptionHandler("/error");
        app.Use(SecurityHeaders.AddAsync);
        if (options.IsServer)
        {
            app.UseHsts();
        }
        else
        {
            app.Use(LocalOwner.GuardAsync);
        }

        app.UseStatusCodePages(ShowNotFoundAsync);
        app.UseResponseCompression();
        app.UseStaticFiles();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        if (!options.IsServer)
        {
            app.Use(LocalOwner.OpenAsync);
        }

        app.UseAuthorization();
        app.MapRazorPages();
        app.MapPlatform();
        app.MapHealthChecks("/health").AllowAnonymous();
    }

    /// <summary>An empty 404 becomes the page that says so, under the address that was asked for.</summary>
    private static async Task ShowNotFoundAsync(Microsoft.AspNetCore.Diagnostics.StatusCodeContext status)
    {
        var http = status.HttpContext;
        if (http.Response.StatusCode != StatusCodes.Status404NotFound)
        {
            return;
        }

        var path = http.Request.Path;
        http.Request.Path = "/not-found";
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        try
        {
            await status.Next(http);
        }
        finally
        {
            http.Request.Path = path;
        }
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
