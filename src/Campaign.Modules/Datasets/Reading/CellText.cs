using System.Globalization;
using System.Text;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What the characters of one cell mean: missing, a number, or text. Cells are UTF-8.</summary>
internal static class CellText
{
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    private static readonly HashSet<string> MissingMarkers = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "#N/A", "<NA>", "NULL", "NaN", "-NaN", "-", "--", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!",
    };

    private static readonly HashSet<string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "RM", "MYR", "S$", "SGD", "$", "US$", "USD", "€", "EUR", "£", "GBP", "¥", "JPY", "CNY", "RMB", "HK$", "HKD", "RP", "IDR", "THB", "฿", "PHP", "₱", "INR", "₹", "RS", "AUD", "A$", "CHF", "BND", "B$", "VND", "₫",
    };

    /// <summary>Without white space at either end, no-break spaces included.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        while (!cell.IsEmpty && (cell[0] <= ' ' || cell is [0xC2, 0xA0, ..]))
        {
            cell = cell[(cell[0] <= ' ' ? 1 : 2)..];
        }

        while (!cell.IsEmpty && (cell[^1] <= ' ' || cell is [.., 0xC2, 0xA0]))
        {
            cell = cell[..^(cell[^1] <= ' ' ? 1 : 2)];
        }

        return cell;
    }

    /// <summary>Blank, or one of the marks that people and spreadsheets leave in place of a value.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> trimmed)
    {
        if (trimmed.IsEmpty)
        {
            return true;
        }

        if (trimmed.Length > 13 || trimmed[0] is not ((byte)'N' or (byte)'n' or (byte)'-' or (byte)'#' or (byte)'<'))
        {
            return false;
        }

        Span<char> text = stackalloc char[13];
        return Ascii.IsValid(trimmed)
            && MissingMarkers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..Encoding.ASCII.GetChars(trimmed, text)]);
    }

    /// <summary>
    /// Reads 12, -1.5, 1E+15, and the written forms 1,234.50 (or 1.234,50), (1,234), RM 1,234 and 1.2M. <paramref name="value"/> may be infinite.
    /// </summary>
    /// <param name="currency">The currency's mark in upper case; null where there is none. Marks that differ must not be mixed in a column.</param>
    public static bool TryNumber(ReadOnlySpan<byte> trimmed, bool decimalComma, out double value, out string? currency)
    {
        currency = null;
        return TryPlain(trimmed, decimalComma ? (byte)',' : (byte)'.', out value)
            || (trimmed.Length <= 40 && trimmed.ContainsAnyInRange((byte)'0', (byte)'9') && TryWritten(Encoding.UTF8.GetString(trimmed), decimalComma, out value, out currency));
    }

    /// <summary>Digits, one decimal mark and an exponent at most: what a category's text is checked for.</summary>
    public static bool IsPlainNumber(ReadOnlySpan<byte> trimmed, bool decimalComma) => TryPlain(trimmed, decimalComma ? (byte)',' : (byte)'.', out _);

    /// <summary>Digits with a comma that can only be a decimal comma: 12,5 or 1.234,56, but not 1,234.</summary>
    public static bool HasDecimalComma(string cell) => HasDecimalMark(cell, ',', '.');

    /// <summary>Digits with a point that can only be a decimal point: 12.5 or 1,234.56, but not 1.234.</summary>
    public static bool HasDecimalPoint(string cell) => HasDecimalMark(cell, '.', ',');

    private static bool HasDecimalMark(string cell, char mark, char group)
    {
        var text = cell.AsSpan().Trim().TrimStart("+-");
        var at = text.LastIndexOf(mark);
        if (at <= 0 || text.IndexOf(mark) != at || at == text.Length - 1 || text[(at + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var whole = text[..at];
        return whole.Contains(group)
            ? IsGrouped(whole, group)
            : !whole.ContainsAnyExceptInRange('0', '9') && (text.Length - at - 1 != 3 || whole.Length > 3);
    }

    /// <summary>Optional sign, digits, mark, digits, exponent. Exactly rounded to double (a significand below 2^53 and a power of ten up to 10^22 are both exact).</summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, byte mark, out double value)
    {
        value = 0;
        var at = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0;
        ulong significand = 0;
        int digits = 0, decimals = 0;
        var afterMark = false;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                if (digits == 18)
                {
                    return TryFramework(text, mark, out value);
                }

                significand = (significand * 10) + digit;
                digits++;
                decimals += afterMark ? 1 : 0;
            }
            else if (text[at] == mark && !afterMark)
            {
                afterMark = true;
            }
            else if (digits > 0 && text[at] is (byte)'e' or (byte)'E')
            {
                return TryFramework(text, mark, out value);
            }
            else
            {
                return false;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        if (significand > 1UL << 53)
        {
            return TryFramework(text, mark, out value);
        }

        value = significand / PowersOfTen[decimals];
        value = text[0] == '-' && value != 0 ? -value : value;
        return true;
    }

    private static bool TryFramework(ReadOnlySpan<byte> text, byte mark, out double value)
    {
        value = 0;
        if (mark == ',')
        {
            if (text.Length > 400 || text.Contains((byte)'.'))
            {
                return false;
            }

            Span<byte> point = stackalloc byte[text.Length];
            text.Replace(point, (byte)',', (byte)'.');
            return double.TryParse(point, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryWritten(ReadOnlySpan<char> text, bool decimalComma, out double value, out string? currency)
    {
        value = 0;
        currency = null;
        var negative = false;
        if (text is ['(', .., ')'])
        {
            negative = true;
            text = text[1..^1].Trim();
        }

        negative ^= TakeSign(ref text);
        var first = text.IndexOfAnyInRange('0', '9');
        if (first > 0 && Currencies.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..first].TrimEnd(" .\u00A0-"), out currency))
        {
            negative ^= text[..first].Contains('-');
            text = text[first..];
        }

        var last = text.LastIndexOfAnyInRange('0', '9');
        var factor = last < 0 ? 0 : text[(last + 1)..].Trim() switch
        {
            "" => 1,
            "k" or "K" => 1e3,
            "m" or "M" or "mn" or "mio" => 1e6,
            "b" or "B" or "bn" => 1e9,
            _ => 0,
        };
        if (factor == 0 || !TryGrouped(text[..(last + 1)], decimalComma, out value))
        {
            return false;
        }

        value *= negative ? -factor : factor;
        return true;
    }

    private static bool TakeSign(ref ReadOnlySpan<char> text)
    {
        if (text is not (['-', ..] or ['+', ..]))
        {
            return false;
        }

        var negative = text[0] == '-';
        text = text[1..].TrimStart();
        return negative;
    }

    private static bool TryGrouped(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        var (mark, group) = decimalComma ? (',', '.') : ('.', ',');
        var at = text.IndexOf(mark);
        var whole = at < 0 ? text : text[..at];
        value = 0;
        if (whole.Contains(group) && !IsGrouped(whole, group))
        {
            return false;
        }

        var plain = text.ToString().Replace(group.ToString(), "", StringComparison.Ordinal);
        return (at < 0 || !text[at..].Contains(group)) && TryPlain(Encoding.UTF8.GetBytes(plain), (byte)mark, out value);
    }

    /// <summary>One to three digits, then groups of exactly three.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> whole, char group)
    {
        var first = whole.IndexOf(group);
        if (first is < 1 or > 3 || (whole.Length - first) % 4 != 0)
        {
            return false;
        }

        for (var i = 0; i < whole.Length; i++)
        {
            var expectsGroup = i >= first && (i - first) % 4 == 0;
            if (expectsGroup ? whole[i] != group : !char.IsAsciiDigit(whole[i]))
            {
                return false;
            }
        }

        return true;
    }
}
