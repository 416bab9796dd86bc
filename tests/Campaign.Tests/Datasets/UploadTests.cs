using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Campaign.Modules.Datasets;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>Requests that break, lie or come from the wrong hand, against the real server: a sentence, nothing half saved, no stack trace.</summary>
public sealed class UploadTests : IAsyncLifetime, IDisposable
{
    private const string Boundary = "test-boundary";
    private readonly LogLines _log = new();
    private readonly CookieContainer _cookies = new();
    private CampaignApplication _application = null!;
    private HttpClient _client = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        _application.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = _application.Address };
        await _client.GetAsync(await _application.OpeningAddressAsync());
        _token = await _client.AntiforgeryTokenAsync("/datasets/upload");
    }

    public async Task DisposeAsync() => await _application.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_connection_that_is_cut_halfway_leaves_nothing()
    {
        var body = Body(_token, Customers(20_000));
        using (var connection = await ConnectAsync(body.Length))
        {
            await connection.GetStream().WriteAsync(body.AsMemory(0, body.Length / 2));
            await UntilAsync(() => Staged().Length > 0);
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await UntilAsync(() => Staged().Length == 0);
        await AssertNothingSavedAsync();
    }

    [Fact]
    public async Task A_request_that_says_it_is_longer_than_the_limit_is_answered_before_its_file_arrives()
    {
        var answer = await SendAsync(UploadLimits.FileBytes + 1, Body(_token, "id,segment\n"));

        Assert.StartsWith("HTTP/1.1 422", answer, StringComparison.Ordinal);
        Assert.Contains("The file is larger than 2 GB.", answer, StringComparison.Ordinal);
        await AssertNothingSavedAsync();
    }

    [Fact]
    public async Task A_request_in_pieces_that_grows_beyond_the_limit_is_told_the_limit()
    {
        var fault = new Microsoft.AspNetCore.Http.BadHttpRequestException("too large", 413);

        Assert.Equal("The file is larger than 2 GB. Export fewer columns, or split it by customer.", FileBytes.NotArrived(fault).Message);
        Assert.Equal(UploadLimits.FileBytes, _application.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxRequestBodySize);
        await AssertNothingSavedAsync();
    }

    [Theory]
    [InlineData(-200)]
    [InlineData(200)]
    public async Task A_length_that_lies_is_told_and_nothing_is_kept(int difference)
    {
        var body = Body(_token, Customers(60));

        var answer = await SendAsync(body.Length + difference, body);

        // The server may cut the connection before its answer is out; what it says is the sentence.
        Assert.True(answer.Length == 0 || (answer.StartsWith("HTTP/1.1 422", StringComparison.Ordinal) && answer.Contains("The file did not arrive whole", StringComparison.Ordinal)), answer);
        await UntilAsync(() => Staged().Length == 0);
        await AssertNothingSavedAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    public async Task Without_the_token_of_the_page_no_byte_of_the_file_is_read(string token) => await AssertRefusedAsync(token, "This page was open too long.");

    [Fact]
    public async Task The_token_of_another_session_opens_nothing()
    {
        await using var other = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var stranger = await other.NewOwnerClientAsync();

        await AssertRefusedAsync(await stranger.AntiforgeryTokenAsync("/datasets/upload"), "This page was open too long.");
    }

    [Fact]
    public async Task A_token_that_comes_after_the_file_is_too_late()
    {
        using var form = new MultipartFormDataContent(Boundary) { { File(Customers(60)), "file", "customers.csv" }, { new StringContent(_token), "__RequestVerificationToken" } };

        await AssertRefusedAsync(form, "This page was open too long.");
    }

    [Fact]
    public async Task A_form_without_a_file_asks_for_one()
    {
        using var noField = new MultipartFormDataContent(Boundary) { { new StringContent(_token), "__RequestVerificationToken" } };
        await AssertRefusedAsync(noField, "Choose a file first.");
        using var textField = new MultipartFormDataContent(Boundary) { { new StringContent(_token), "__RequestVerificationToken" }, { new StringContent(Customers(60)), "file" } };
        await AssertRefusedAsync(textField, "Choose a file first.");
        using var plain = new FormUrlEncodedContent([new("__RequestVerificationToken", _token)]);
        await AssertRefusedAsync(plain, "The request holds no file.");
        using var empty = Form(_token, "");
        await AssertRefusedAsync(empty, "empty");
    }

    [Fact]
    public async Task A_script_is_told_the_same_as_a_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/datasets/upload") { Content = Form("", Customers(60)) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.StartsWith("{\"error\":\"This page was open too long.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_of_the_same_name_at_once_are_two_files()
    {
        var ids = await Task.WhenAll(Enumerable.Range(60, 4).Select(rowCount => UploadAsync(Customers(rowCount))));

        Assert.Equal(4, ids.Distinct().Count());
        var counts = await InDatabaseAsync(db => db.Set<ReceivedFile>().OrderBy(file => file.ByteCount).Select(file => file.ByteCount).ToListAsync());
        Assert.Equal(Enumerable.Range(60, 4).Select(rowCount => (long)Customers(rowCount).Length), counts);
        Assert.All(ids, id => Assert.True(System.IO.File.Exists(Path.Combine(_application.Files.DatasetFolder(id), "source.csv"))));
    }

    [Fact]
    public async Task The_reading_form_sent_twice_asks_for_one_check_and_an_old_page_is_told_so()
    {
        var id = await UploadAsync(Customers(60));
        var page = $"/datasets/received/{id}";
        KeyValuePair<string, string>[] form = [new("Version", "0"), new("Input.IsAsked", "true")];
        using var first = await _client.PostFormAsync(page, form);
        using var second = await _client.PostFormAsync(page, form);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Contains("Checking the file", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var job = Assert.Single(await InDatabaseAsync(db => db.Jobs.Where(job => job.SubjectId == id).ToListAsync()));

        // Back in the browser after the check was stopped: the page still has the version of before.
        await _application.InScopeAsync(services => services.GetRequiredService<JobQueue>().RequestCancelAsync(services.GetRequiredService<CampaignDbContext>(), job.Id, Actor.LocalOwner));
        using var old = await _client.PostFormAsync(page, form);

        Assert.Contains("This file was decided about, or its check began, while you looked at it.", await old.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await InDatabaseAsync(db => db.Jobs.CountAsync(one => one.SubjectId == id)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found_whatever_is_asked_of_it()
    {
        var id = Guid.NewGuid();
        foreach (var page in new[] { $"/datasets/received/{id}", $"/datasets/{id}", $"/datasets/{id}/columns", $"/datasets/{id}/lineage", $"/datasets/received/{id}?handler=Rejected" })
        {
            using var answer = await _client.GetAsync(page);
            Assert.Equal((HttpStatusCode.NotFound, page), (answer.StatusCode, page));
        }

        foreach (var action in new[] { $"/datasets/received/{id}", $"/datasets/received/{id}?handler=GoOn", $"/datasets/received/{id}?handler=Discard", $"/datasets/{id}/columns", $"/datasets/{id}/lineage?handler=Delete" })
        {
            using var answer = await _client.PostFormAsync("/datasets/upload", [new("Version", "0"), new("IsSure", "true")], action);
            Assert.Equal((HttpStatusCode.NotFound, action), (answer.StatusCode, action));
        }
    }

    [Fact]
    public async Task On_a_server_only_a_marketer_uploads_and_who_is_signed_out_signs_in_first()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true, RunsJobs = false });
        using var marketer = await server.NewPersonClientAsync(Roles.Marketer);
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);
        using var nobody = server.NewClient();
        var token = await marketer.AntiforgeryTokenAsync("/datasets/upload");

        using var may = await marketer.PostAsync("/datasets/upload", Form(token, Customers(60)));
        using var mayNot = await compliance.PostAsync("/datasets/upload", Form(token, Customers(60)));
        using var signedOut = await nobody.PostAsync("/datasets/upload", Form(token, Customers(60)));

        Assert.StartsWith("/datasets/received/", may.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith("/denied", mayNot.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", signedOut.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(1, await server.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().Set<ReceivedFile>().CountAsync()));
    }

    [Fact]
    public void A_sender_that_trickles_is_cut_off()
    {
        // Kestrel ends a request that stays below this rate once the grace is over: a slow one can't keep a connection and a staging folder for hours.
        var rate = _application.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MinRequestBodyDataRate;

        Assert.InRange(rate!.BytesPerSecond, 100, 10_000);
        Assert.InRange(rate.GracePeriod, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static string Customers(int rowCount) => IntakeFixture.Customers(rowCount: rowCount);

    private static ByteArrayContent File(string text)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return file;
    }

    private static MultipartFormDataContent Form(string token, string text) =>
        new(Boundary) { { new StringContent(token), "__RequestVerificationToken" }, { File(text), "file", "customers.csv" } };

    private static byte[] Body(string token, string text) => Encoding.UTF8.GetBytes(
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n"
        + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"customers.csv\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--{Boundary}--\r\n");

    private async Task<Guid> UploadAsync(string text)
    {
        using var form = Form(_token, text);
        using var answer = await _client.PostAsync("/datasets/upload", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Guid.Parse(answer.Headers.Location!.OriginalString[^36..]);
    }

    private async Task AssertRefusedAsync(string token, string sentence)
    {
        using var form = Form(token, Customers(60));
        await AssertRefusedAsync(form, sentence);
    }

    private async Task AssertRefusedAsync(HttpContent form, string sentence)
    {
        using var answer = await _client.PostAsync("/datasets/upload", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertNothingSavedAsync();
    }

    /// <summary>The head of an upload by the local owner, which says how long its body is; the caller sends the body.</summary>
    private async Task<TcpClient> ConnectAsync(long length)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(_application.Address.Host, _application.Address.Port);
        var head = string.Create(CultureInfo.InvariantCulture, $"POST /datasets/upload HTTP/1.1\r\nHost: {_application.Address.Authority}\r\nCookie: {_cookies.GetCookieHeader(_application.Address)}\r\nConnection: close\r\n")
            + string.Create(CultureInfo.InvariantCulture, $"Content-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {length}\r\n\r\n");
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return connection;
    }

    /// <summary>The whole answer to a body that is over before or after its length says.</summary>
    private async Task<string> SendAsync(long length, byte[] body)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var connection = await ConnectAsync(length);
        var stream = connection.GetStream();
        await stream.WriteAsync(body.AsMemory(0, (int)Math.Min(length, body.Length)), limit.Token);
        if (length < UploadLimits.FileBytes)
        {
            connection.Client.Shutdown(SocketShutdown.Send);
        }

        using var answer = new StreamReader(stream);
        try
        {
            return await answer.ReadToEndAsync(limit.Token);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task AssertNothingSavedAsync()
    {
        Assert.Empty(Staged());
        Assert.Empty(Directory.Exists(Path.Combine(_application.Files.Root, "datasets")) ? Directory.GetDirectories(Path.Combine(_application.Files.Root, "datasets")) : []);
        Assert.Equal(0, await InDatabaseAsync(db => db.Set<ReceivedFile>().CountAsync()));
        Assert.Equal(0, await InDatabaseAsync(db => db.Set<Dataset>().CountAsync()));
        Assert.DoesNotContain("A request failed", _log.Text, StringComparison.Ordinal);
    }

    private string[] Staged() =>
        Directory.Exists(Path.Combine(_application.Files.Root, "staging")) ? Directory.GetFileSystemEntries(Path.Combine(_application.Files.Root, "staging")) : [];

    private Task<T> InDatabaseAsync<T>(Func<CampaignDbContext, Task<T>> question) =>
        _application.InScopeAsync(services => question(services.GetRequiredService<CampaignDbContext>()));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
