using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Campaign.Modules.Platform.Charts;

/// <summary>
/// HTML or SVG in the making. Every text and every attribute's value is encoded here, so that a column's name can't become markup; what is
/// written is well-formed as XML too.
/// </summary>
internal sealed class Markup : IHtmlContent
{
    private readonly StringBuilder _written = new();

    /// <param name="name">An element's name.</param>
    /// <param name="cssClass">Null for none.</param>
    public Markup Open(string name, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, cssClass, attributes);
        _written.Append('>');
        return this;
    }

    public Markup Close(string name)
    {
        _written.Append("</").Append(name).Append('>');
        return this;
    }

    /// <summary>An element with a text in it.</summary>
    public Markup Element(string name, string text, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(name, cssClass, attributes).Text(text).Close(name);

    /// <summary>An element of a drawing, with a tooltip where <paramref name="title"/> is not empty.</summary>
    public Markup Shape(string name, string? cssClass, string title, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, cssClass, attributes);
        if (title.Length == 0)
        {
            _written.Append("/>");
            return this;
        }

        _written.Append('>');
        return Element("title", title).Close(name);
    }

    public Markup Text(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    _written.Append("&amp;");
                    break;
                case '<':
                    _written.Append("&lt;");
                    break;
                case '>':
                    _written.Append("&gt;");
                    break;
                case '"':
                    _written.Append("&quot;");
                    break;
                case '\'':
                    _written.Append("&#39;");
                    break;
                case (< ' ' and not ('\t' or '\n')) or (>= 0x7f and < 0xa0) or 0xfffe or 0xffff:
                    _written.Append('\uFFFD');
                    break;
                default:
                    _written.Append(rune.ToString());
                    break;
            }
        }

        return this;
    }

    public Markup Add(Markup other)
    {
        _written.Append(other._written);
        return this;
    }

    /// <summary>A length of a drawing, to a tenth.</summary>
    public static string Length(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    public override string ToString() => _written.ToString();

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_written);

    private void Begin(string name, string? cssClass, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _written.Append('<').Append(name);
        if (cssClass is not null)
        {
            _written.Append(" class=\"").Append(cssClass).Append('"');
        }

        foreach (var (attribute, value) in attributes)
        {
            _written.Append(' ').Append(attribute).Append("=\"");
            Text(value);
            _written.Append('"');
        }
    }
}
