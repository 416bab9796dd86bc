using System.Text;

namespace Campaign.Modules.Platform.Charts;

/// <summary>How wide a text will be, before any browser sets it: generous for every common sans-serif, so that labels keep apart.</summary>
internal static class TextWidth
{
    /// <param name="size">Of the letters, in the unit of the answer.</param>
    public static double Of(string text, double size) => text.EnumerateRunes().Sum(Ems) * size;

    /// <summary>The text, or as much of its beginning as fits with an ellipsis.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Of(text, size) <= width)
        {
            return text;
        }

        var fitted = new StringBuilder();
        var left = (width / size) - Ems(new Rune('…'));
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Ems(rune);
            if (left < 0)
            {
                break;
            }

            fitted.Append(rune);
        }

        return fitted.ToString().TrimEnd() + "…";
    }

    private static double Ems(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or '.' or ',' or ':' or ';' or '|' or '!' or '\'' or ' ' or '(' or ')' or '-' => 0.36,
        'm' or 'w' or 'M' or 'W' or '%' or '…' => 0.92,
        >= 'A' and <= 'Z' => 0.7,
        >= '0' and <= '9' => 0.63,
        >= 0x1100 => 1.05,
        _ => 0.6,
    };
}
