using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Campaign.Modules.Platform;

/// <summary>
/// The one text of a JSON value that is signed, whatever spaces and order a file has: UTF-8, no spaces, members in the order of their
/// names' UTF-16 code units, in strings only the escapes that JSON demands (short ones where there are, else \u00xx), numbers character
/// for character as they stand in the file.
/// </summary>
public static class CanonicalJson
{
    /// <exception cref="JsonException">A member's name stands twice, or a string is no text: there is no one text of it.</exception>
    public static byte[] Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var isFirst = true;
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(isFirst ? "" : ",");
                    Write(text, item);
                    isFirst = false;
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, Text(() => value.GetString()!));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!members.TryAdd(Text(() => member.Name), member.Value))
            {
                throw new JsonException("A member's name stands twice.");
            }
        }

        text.Append('{');
        var isFirst = true;
        foreach (var (name, member) in members)
        {
            text.Append(isFirst ? "" : ",");
            WriteString(text, name);
            text.Append(':');
            Write(text, member);
            isFirst = false;
        }

        text.Append('}');
    }

    /// <summary>Half a surrogate pair is no text.</summary>
    private static string Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A string is no text.");
        }
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}
