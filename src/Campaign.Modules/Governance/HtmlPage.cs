using System.Globalization;
using System.Net;
using System.Text;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Governance;

/// <summary>
/// A printed document as HTML: headings, paragraphs, lists, tables. Every text is encoded here, so a name can't become markup. Markup made
/// by this module (charts) comes in by <see cref="Drawing"/> alone.
/// </summary>
internal sealed class HtmlPage
{
    /// <summary>For what this version does not record.</summary>
    public const string NotRecorded = "not recorded by this version";

    /// <summary>For what there is no data on.</summary>
    public const string NoData = "no data";

    private readonly StringBuilder _body = new();

    public HtmlPage Title(string text) => Element("h1", text);

    public HtmlPage Section(string text) => Element("h2", text);

    public HtmlPage Heading(string text) => Element("h3", text);

    public HtmlPage Paragraph(string text) => Element("p", text);

    public HtmlPage Note(string text) => Element("p", text, "note");

    public HtmlPage Badge(string text) => Element("p", text, "badge");

    /// <summary>A section whose source this version does not have.</summary>
    public HtmlPage Missing(string what) => Element("p", what + ": " + NotRecorded + ".", "missing");

    public HtmlPage List(params IEnumerable<string> lines)
    {
        _body.Append("<ul>");
        foreach (var line in lines)
        {
            Element("li", line);
        }

        _body.Append("</ul>\n");
        return this;
    }

    /// <summary>Two columns: what, and its value. A null value is 'not recorded by this version'.</summary>
    public HtmlPage Facts(params IEnumerable<(string Name, string? Value)> facts)
    {
        _body.Append("<table class=\"facts\"><tbody>");
        foreach (var (name, value) in facts)
        {
            _body.Append("<tr><th scope=\"row\">").Append(Encode(name)).Append(value is null ? "</th><td class=\"missing\">" : "</th><td>")
                .Append(Encode(value ?? NotRecorded)).Append("</td></tr>");
        }

        _body.Append("</tbody></table>\n");
        return this;
    }

    /// <summary>A table with a repeated header; columns from the second on stand right where they hold numbers.</summary>
    /// <param name="numberColumns">Indexes of the columns that hold numbers.</param>
    public HtmlPage Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, params int[] numberColumns)
    {
        _body.Append("<table class=\"grid\"><thead><tr>");
        for (var column = 0; column < headers.Count; column++)
        {
            _body.Append(numberColumns.Contains(column) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">").Append(Encode(headers[column])).Append("</th>");
        }

        _body.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            _body.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
            {
                _body.Append(numberColumns.Contains(column) ? "<td class=\"number\">" : "<td>").Append(Encode(row[column])).Append("</td>");
            }

            _body.Append("</tr>");
        }

        _body.Append("</tbody></table>\n");
        return this;
    }

    /// <param name="svg">Made by <see cref="Platform.Charts.ChartSvg"/>.</param>
    public HtmlPage Drawing(string svg, string caption)
    {
        _body.Append("<figure>").Append(svg).Append("<figcaption>").Append(Encode(caption)).Append("</figcaption></figure>\n");
        return this;
    }

    public HtmlPage PageBreak()
    {
        _body.Append("<div class=\"break\"></div>\n");
        return this;
    }

    /// <summary>
    /// The whole page. Header and status stand as the first line too: Chromium leaves all margins empty when they need a font that no text of
    /// the body has loaded.
    /// </summary>
    /// <param name="title">The document's title.</param>
    /// <param name="header">Stands at the top of each page but the first.</param>
    /// <param name="status">Stands beside it, on every page: approved by whom, or not independently reviewed.</param>
    public string ToHtml(string title, string header, string status) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
        <title>{{Encode(title)}}</title>
        <style>
        {{PrintStyle.Fonts}}
        {{ChartStyle.Charts}}
        {{PrintStyle.Sheet}}
        @page { @top-left { content: {{CssText(header)}}; } @top-right { content: {{CssText(status)}}; } }
        @page:first { @top-left { content: ""; } }
        </style>
        </head>
        <body>
        <p class="note">{{Encode(header)}} ({{Encode(status)}})</p>
        {{_body}}
        </body>
        </html>
        """;

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A CSS string; every character that is no letter, digit or space is escaped by its code point.</summary>
    internal static string CssText(string text)
    {
        var css = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == ' ')
            {
                css.Append(rune);
            }
            else
            {
                css.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
            }
        }

        return css.Append('"').ToString();
    }

    private HtmlPage Element(string name, string text, string? style = null)
    {
        _body.Append('<').Append(name);
        if (style is not null)
        {
            _body.Append(" class=\"").Append(style).Append('"');
        }

        _body.Append('>').Append(Encode(text)).Append("</").Append(name).Append(">\n");
        return this;
    }
}
