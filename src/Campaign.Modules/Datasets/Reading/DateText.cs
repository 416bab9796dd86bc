using System.Buffers;
using System.Text;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>Which forms a cell's date fits; several where day and month could change places.</summary>
[Flags]
internal enum DateFits
{
    None = 0,
    YearFirst = 1,
    DayFirst = 2,
    MonthFirst = 4,

    /// <summary>Year first without separators: also a plain number of eight digits.</summary>
    Compact = 8,

    /// <summary>The month is a word, so the order says nothing about columns whose months are numbers.</summary>
    NamedMonth = 16,
}

/// <summary>Reads the dates of cells, as programs, spreadsheets and people write them; a time of day and a zone after them are left aside.</summary>
internal static class DateText
{
    /// <summary>The last serial that counts as a date: 2099-12-31.</summary>
    public const int LastSerial = 73_050;

    private const int LongestDate = 48;
    private const int LeapDayThatNeverWas = 60;
    private static readonly float FirstSerial = ColumnTable.DateNumber(new DateOnly(1899, 12, 30));
    private static readonly SearchValues<byte> ClockCharacters = SearchValues.Create("0123456789:."u8);
    private static readonly SearchValues<byte> ZoneCharacters = SearchValues.Create("+-:0123456789ZzUuTtCcGgMmAaPp. "u8);
    private static readonly byte[][] Months =
    [
        "january"u8.ToArray(), "february"u8.ToArray(), "march"u8.ToArray(), "april"u8.ToArray(), "may"u8.ToArray(), "june"u8.ToArray(),
        "july"u8.ToArray(), "august"u8.ToArray(), "september"u8.ToArray(), "october"u8.ToArray(), "november"u8.ToArray(), "december"u8.ToArray(),
    ];

    /// <summary>0000-00-00 and its like, or the serial of 29 February 1900, which only spreadsheets have: they stand for no date.</summary>
    public static bool StandsForNothing(ReadOnlySpan<byte> trimmed, DateForm? form)
    {
        if (form == DateForm.ExcelSerial)
        {
            return NumberText.TryRead(trimmed, false, out var serial, out _) && Math.Floor(serial) == LeapDayThatNeverWas;
        }

        var zeros = 0;
        foreach (var character in trimmed)
        {
            if (character == '0')
            {
                zeros++;
            }
            else if (character is not ((byte)'-' or (byte)'/' or (byte)'.' or (byte)' ' or (byte)':'))
            {
                return false;
            }
        }

        return zeros >= 6;
    }

    /// <summary>Reads a date of one form.</summary>
    /// <param name="day">As <see cref="ColumnKind.Date"/> keeps it.</param>
    /// <param name="shortYear">The year has two digits: 30 to 99 are of the last century, 00 to 29 of this one.</param>
    public static bool TryRead(ReadOnlySpan<byte> trimmed, DateForm form, out float day, out bool shortYear)
    {
        shortYear = false;
        day = float.NaN;
        if (form == DateForm.ExcelSerial)
        {
            return TrySerial(trimmed, out day);
        }

        if (!TryParts(trimmed, out var parts))
        {
            return false;
        }

        var (year, month, date) = form switch
        {
            DateForm.YearFirst => (parts.First, parts.Second, parts.Third),
            DateForm.DayFirst => (parts.Third, parts.Second, parts.First),
            _ => (parts.Third, parts.First, parts.Second),
        };
        return (form == DateForm.YearFirst) == (parts.First.Digits == 4) && TryDay(year, month, date, out day, out shortYear);
    }

    /// <summary>All written forms that the cell fits; serials are no written form.</summary>
    public static DateFits FitsOf(ReadOnlySpan<byte> trimmed)
    {
        if (!TryParts(trimmed, out var parts))
        {
            return DateFits.None;
        }

        var fits = TryRead(trimmed, DateForm.YearFirst, out _, out _) ? DateFits.YearFirst : DateFits.None;
        fits |= TryRead(trimmed, DateForm.DayFirst, out _, out _) ? DateFits.DayFirst : DateFits.None;
        fits |= TryRead(trimmed, DateForm.MonthFirst, out _, out _) ? DateFits.MonthFirst : DateFits.None;
        return fits == DateFits.None ? fits
            : fits | (parts.IsCompact ? DateFits.Compact : DateFits.None) | (parts.First.IsName || parts.Second.IsName ? DateFits.NamedMonth : DateFits.None);
    }

    private static bool TrySerial(ReadOnlySpan<byte> trimmed, out float day)
    {
        day = float.NaN;
        if (!NumberText.TryRead(trimmed, false, out var number, out _) || number is not (>= 1 and < LastSerial + 1))
        {
            return false;
        }

        // Excel counts a 29 February 1900 as day 60; before it, its days lie one later than the calendar's.
        var serial = (int)number;
        day = FirstSerial + serial + (serial < LeapDayThatNeverWas ? 1 : 0);
        return true;
    }

    private static bool TryDay(Part year, Part month, Part date, out float day, out bool shortYear)
    {
        day = float.NaN;
        shortYear = year.Digits == 2;
        if (year.Digits is not (2 or 4) || date.IsName || date.Digits > 2 || month.Digits > 2 || year.IsName)
        {
            return false;
        }

        var fullYear = !shortYear ? year.Value : year.Value < 30 ? 2000 + year.Value : 1900 + year.Value;
        if (fullYear < 1 || month.Value is < 1 or > 12 || date.Value < 1 || date.Value > DateTime.DaysInMonth(fullYear, month.Value))
        {
            return false;
        }

        day = ColumnTable.DateNumber(new DateOnly(fullYear, month.Value, date.Value));
        return true;
    }

    /// <summary>Three numbers, or two and a month's name, one separator between them; eight digits count as year, month and day.</summary>
    private static bool TryParts(ReadOnlySpan<byte> text, out Parts parts)
    {
        parts = default;
        if (text.Length is < 6 or > LongestDate || !char.IsAsciiLetterOrDigit((char)text[0]))
        {
            return false;
        }

        if (text.Length >= 8 && !text[..8].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            parts = new(new(Number(text[..4]), 4), new(Number(text[4..6]), 2), new(Number(text[6..8]), 2), true);
            return text.Length == 8;
        }

        var rest = text;
        if (!TryPart(ref rest, out var first) || !TrySeparator(ref rest, out var separator)
            || !TryPart(ref rest, out var second) || !TrySeparator(ref rest, out var other)
            || !TryPart(ref rest, out var third) || third.IsName || (first.IsName && second.IsName)
            || (separator != other && !first.IsName && !second.IsName))
        {
            return false;
        }

        parts = new(first, second, third, false);
        return IsTimeOfDay(rest);
    }

    private static bool TryPart(ref ReadOnlySpan<byte> text, out Part part)
    {
        part = default;
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? text.Length : length;
        if (length is >= 1 and <= 4)
        {
            part = new(Number(text[..length]), length);
            text = text[length..];
            return true;
        }

        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
        {
            length++;
        }

        if (length < 3 || char.IsAsciiDigit((char)text[0]))
        {
            return false;
        }

        for (var month = 0; month < Months.Length; month++)
        {
            var name = Months[month];
            if (Ascii.EqualsIgnoreCase(text[..length], length == 3 ? name.AsSpan(0, 3) : name)
                || (month == 8 && length == 4 && Ascii.EqualsIgnoreCase(text[..4], "sept"u8)))
            {
                part = new(month + 1, 0);
                text = text[length..];
                return true;
            }
        }

        return false;
    }

    /// <summary>A hyphen, slash, point or space; a comma with spaces counts as a space; nothing between digits and a month's name.</summary>
    private static bool TrySeparator(ref ReadOnlySpan<byte> text, out byte separator)
    {
        separator = text.IsEmpty ? (byte)0 : text[0];
        if (separator is (byte)'-' or (byte)'/' or (byte)'.')
        {
            text = text[1..].TrimStart((byte)' ');
            return true;
        }

        if (separator is (byte)' ' or (byte)',')
        {
            separator = (byte)' ';
            text = text.TrimStart(", "u8);
            return true;
        }

        return char.IsAsciiLetterOrDigit((char)separator);
    }

    /// <summary>Nothing, or 'T' or a space, hours and minutes, perhaps seconds, AM or PM, and a zone.</summary>
    private static bool IsTimeOfDay(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ((byte)' ' or (byte)'T' or (byte)'t' or (byte)','))
        {
            return false;
        }

        text = text[1..].TrimStart((byte)' ');
        var length = text.IndexOfAnyExcept(ClockCharacters);
        var clock = length < 0 ? text : text[..length];
        var zone = length < 0 ? [] : text[length..].Trim((byte)' ');
        var colon = clock.IndexOf((byte)':');
        if (colon is not (1 or 2) || clock.Length < colon + 3 || Number(clock[..colon]) > 24 || clock[(colon + 1)..(colon + 3)].ContainsAnyExceptInRange((byte)'0', (byte)'9') || Number(clock[(colon + 1)..(colon + 3)]) > 59)
        {
            return false;
        }

        return zone.IsEmpty || (zone.Length <= 12 && !zone.ContainsAnyExcept(ZoneCharacters));
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    /// <param name="Digits">How many were written; 0 for a month's name.</param>
    private readonly record struct Part(int Value, int Digits)
    {
        public bool IsName => Digits == 0;
    }

    private readonly record struct Parts(Part First, Part Second, Part Third, bool IsCompact);
}
