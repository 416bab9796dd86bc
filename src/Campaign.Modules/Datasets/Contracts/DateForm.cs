using System.Text.Json.Serialization;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>How the dates of a column are written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DateForm>))]
public enum DateForm
{
    /// <summary>2024-02-29, 2024/02/29, with a time of day or without.</summary>
    YearFirst,

    /// <summary>29/02/2024, 29.02.24, 29-Feb-2024.</summary>
    DayFirst,

    /// <summary>02/29/2024, Feb 29, 2024.</summary>
    MonthFirst,

    /// <summary>Days as a spreadsheet counts them: 45351.</summary>
    ExcelSerial,
}
