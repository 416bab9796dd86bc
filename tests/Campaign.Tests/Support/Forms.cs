using System.Net;
using System.Text.RegularExpressions;

namespace Campaign.Tests.Support;

/// <summary>Fills in a page's form as a browser does: loads the page, takes its anti-forgery token, sends the fields.</summary>
public static partial class Forms
{
    extension(HttpClient client)
    {
        /// <param name="path">The page with the form.</param>
        /// <param name="action">Where the form goes; the page itself where null.</param>
        public async Task<HttpResponseMessage> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, string? action = null)
        {
            var token = await client.AntiforgeryTokenAsync(path);
            using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]);
            return await client.PostAsync(action ?? path, content);
        }

        public async Task<string> AntiforgeryTokenAsync(string path)
        {
            var page = await client.GetStringAsync(path);
            return WebUtility.HtmlDecode(TokenField().Match(page).Groups[1].Value);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
