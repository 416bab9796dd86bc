using Campaign.Learning;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>
/// A form with one file, taken in as it arrives, without keeping the file in memory or in a second copy. Its first field is the anti-forgery
/// token, which is checked before anything else is read; then come the short fields, and the file last. The usual check would read the
/// whole form, which is why it is off on such a page: <c>[IgnoreAntiforgeryToken, StreamedForm]</c>.
/// </summary>
public static class StreamedUpload
{
    private const int LongestField = 4096;
    private const int MostFields = 20;

    /// <param name="take">Takes the file: its bytes, its name as the sender says it, and the fields before it by name.</param>
    /// <exception cref="RefusedException">No file, no token of this session, or the request was cut off; and whatever <paramref name="take"/> refuses.</exception>
    public static async Task<T> TakeAsync<T>(
        HttpContext http, IAntiforgery antiforgery, Func<Stream, string, IReadOnlyDictionary<string, string>, Task<T>> take, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw new RefusedException("The request holds no file. Choose a file and send the form again.");
        }

        var form = new MultipartReader(boundary, http.Request.Body);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var isTrusted = false;
        while (await NextSectionAsync(form, cancellation) is { } section)
        {
            if (section.AsFileSection() is { FileStream: { } content } file)
            {
                if (!isTrusted)
                {
                    break;
                }

                return file.FileName.Length > 0 ? await take(content, file.FileName, fields) : throw new RefusedException("Choose a file first.");
            }

            var field = section.AsFormDataSection();
            var value = await ReadShortAsync(section.Body, cancellation);
            if (field?.Name == "__RequestVerificationToken")
            {
                http.Request.Headers["RequestVerificationToken"] = value;
                isTrusted = await antiforgery.IsRequestValidAsync(http);
            }
            else if (field is not null && fields.Count < MostFields)
            {
                fields[field.Name] = value;
            }
        }

        throw new RefusedException(isTrusted ? "Choose a file first." : "This page was open too long. Load it again and send the file once more.");
    }

    private static async Task<MultipartSection?> NextSectionAsync(MultipartReader form, CancellationToken cancellation)
    {
        try
        {
            return await form.ReadNextSectionAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw FileBytes.NotArrived(fault);
        }
    }

    private static async Task<string> ReadShortAsync(Stream body, CancellationToken cancellation)
    {
        using var reader = new StreamReader(body);
        var text = new char[LongestField];
        var length = await reader.ReadBlockAsync(text, cancellation);
        return new string(text, 0, length);
    }
}

/// <summary>Keeps model binding away from the request's body, so that the page can read it as a stream.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StreamedFormAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
