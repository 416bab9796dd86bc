using System.Globalization;
using System.Text;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What a written number carried besides its digits.</summary>
/// <param name="Currency">The currency's mark in upper case; null where there is none. Marks that differ must not be mixed in a column.</param>
/// <param name="IsPercent">A percent sign: the value is already divided by 100.</param>
/// <param name="IsWide">Full-width digits, as East Asian keyboards write them.</param>
internal readonly record struct NumberMarks(string? Currency, bool IsPercent, bool IsWide);

/// <summary>Reads the numbers of cells, as programs and as people write them.</summary>
internal static class NumberText
{
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    private static readonly HashSet<string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "RM", "MYR", "S$", "SGD", "$", "US$", "USD", "€", "EUR", "£", "GBP", "¥", "JPY", "CNY", "RMB", "HK$", "HKD", "RP", "IDR", "THB", "฿", "PHP", "₱", "INR", "₹", "RS", "AUD", "A$", "CHF", "BND", "B$", "VND", "₫",
    };

    /// <summary>
    /// Reads 12, -1.5, 1E+15, and the written forms 1,234.50 (or 1.234,50), (1,234), RM 1,234, 1.2M and 12.5 %, also in full-width digits.
    /// <paramref name="value"/> may be infinite.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> trimmed, bool decimalComma, out double value, out NumberMarks marks)
    {
        marks = default;
        return TryPlain(trimmed, decimalComma ? (byte)',' : (byte)'.', out value)
            || (trimmed.Length <= 40 && (trimmed.ContainsAnyInRange((byte)'0', (byte)'9') || HasWideDigits(trimmed))
                && TryWritten(trimmed, decimalComma, out value, out marks));
    }

    /// <summary>Infinite, as programs write it.</summary>
    public static bool IsInfinity(ReadOnlySpan<byte> text) =>
        text.Length <= 9 && text[0] is (byte)'i' or (byte)'I' or (byte)'-' or (byte)'+'
        && Encoding.UTF8.GetString(text).TrimStart('-', '+').ToUpperInvariant() is "INF" or "INFINITY";

    /// <summary>Digits, one decimal mark and an exponent at most: what a category's text is checked for.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> trimmed, bool decimalComma) => TryPlain(trimmed, decimalComma ? (byte)',' : (byte)'.', out _);

    /// <summary>Digits with a comma that can only be a decimal comma: 12,5 or 1.234,56, but not 1,234.</summary>
    public static bool HasDecimalComma(string cell) => HasDecimalMark(cell, ',', '.');

    /// <summary>Digits with a point that can only be a decimal point: 12.5 or 1,234.56, but not 1.234.</summary>
    public static bool HasDecimalPoint(string cell) => HasDecimalMark(cell, '.', ',');

    private static bool HasDecimalMark(string cell, char mark, char group)
    {
        var text = cell.AsSpan().Trim().TrimStart("+-").TrimEnd("% ");
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
        if (text.IsEmpty)
        {
            return false;
        }

        var start = text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var markAt = -1;
        ulong significand = 0;
        for (var at = start; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                significand = (significand * 10) + digit;
            }
            else if (text[at] == mark && markAt < 0)
            {
                markAt = at;
            }
            else
            {
                return at > start && text[at] is (byte)'e' or (byte)'E' && TryFramework(text, mark, out value);
            }
        }

        var digitCount = text.Length - start - (markAt < 0 ? 0 : 1);
        if (digitCount is 0 or > 18 || significand > 1UL << 53)
        {
            return digitCount > 0 && TryFramework(text, mark, out value);
        }

        value = markAt < 0 ? significand : significand / PowersOfTen[text.Length - 1 - markAt];
        value = start == 1 && text[0] == '-' && value != 0 ? -value : value;
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

    /// <summary>Full-width digits begin with these two bytes.</summary>
    private static bool HasWideDigits(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\uFF10"u8[..2]) >= 0;

    private static bool TryWritten(ReadOnlySpan<byte> utf8, bool decimalComma, out double value, out NumberMarks marks)
    {
        value = 0;
        marks = default;
        var isWide = HasWideDigits(utf8);
        var written = Encoding.UTF8.GetString(utf8);
        ReadOnlySpan<char> text = isWide ? written.Normalize(NormalizationForm.FormKC).Trim() : written;
        var negative = false;
        if (text is ['(', .., ')'])
        {
            negative = true;
            text = text[1..^1].Trim();
        }

        var isPercent = text is [.., '%'];
        text = isPercent ? text[..^1].TrimEnd() : text;
        string? currency = null;
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
        value = isPercent ? value / 100 : value;
        marks = new(currency, isPercent, isWide);
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
