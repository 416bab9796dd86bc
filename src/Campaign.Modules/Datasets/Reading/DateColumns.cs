using System.Text;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>Which columns of a file hold dates, by the sample's cells and, for numbers, by the columns' names.</summary>
/// <param name="Forms">Columns to be read as dates.</param>
/// <param name="Undecided">Columns whose dates fit day-first and month-first, where nothing decides.</param>
/// <param name="FitBothOrders">Columns whose every sample cell fits both orders, decided or not.</param>
/// <param name="Remarks">One sentence for each column that is not read as dates although it holds some.</param>
internal sealed record DateColumns(
    IReadOnlyDictionary<string, DateForm> Forms, IReadOnlyList<string> Undecided, IReadOnlySet<string> FitBothOrders, IReadOnlyList<string> Remarks)
{
    /// <summary>The share of a column's sample cells that must be dates of one form.</summary>
    private const double LeastShare = 0.95;

    private const double SerialsFrom = 10_000;

    /// <param name="chosen">Decides for columns that fit both orders; null where nobody has said.</param>
    public static DateColumns Find(IReadOnlyList<string> columns, IReadOnlyList<string[]> sample, DateForm? chosen)
    {
        Dictionary<string, DateForm> forms = [];
        List<string> both = [];
        List<string> remarks = [];
        var (showsDayFirst, showsMonthFirst) = (false, false);
        for (var i = 0; i < columns.Count; i++)
        {
            var count = Count.Of(sample, i);
            switch (count.Form(ColumnWords.NamesDate(columns[i])))
            {
                case ({ } form, _):
                    forms[columns[i]] = form;
                    showsDayFirst |= form == DateForm.DayFirst && count.NumericDayFirst > 0;
                    showsMonthFirst |= form == DateForm.MonthFirst && count.NumericMonthFirst > 0;
                    break;
                case (null, FitsBoth: true):
                    both.Add(columns[i]);
                    break;
                default:
                    if (count.Contradicts)
                    {
                        remarks.Add($"Column '{columns[i]}': some of its dates are day/month, others month/day; they were kept as text. Write them all as year-month-day.");
                    }

                    break;
            }
        }

        DateForm? order = chosen is DateForm.DayFirst or DateForm.MonthFirst ? chosen
            : showsDayFirst == showsMonthFirst ? null
            : showsDayFirst ? DateForm.DayFirst : DateForm.MonthFirst;
        foreach (var column in both)
        {
            if (order is { } decided)
            {
                forms[column] = decided;
            }
            else
            {
                remarks.Add($"Column '{column}': its dates could be day/month or month/day; say which.");
            }
        }

        return new(forms, order is null ? both : [], both.ToHashSet(), remarks);
    }

    /// <summary>The form that a column demanded as dates has: what was found, else what most of its sample cells fit; null where none is a date or the order is open.</summary>
    public static DateForm? FormOf(IReadOnlyList<string[]> sample, int column, DateForm? chosen)
    {
        var count = Count.Of(sample, column);
        if (count.Filled == 0)
        {
            return DateForm.YearFirst;
        }

        (int Count, DateForm Form)[] counts =
            [(count.YearFirst, DateForm.YearFirst), (count.DayFirst, DateForm.DayFirst), (count.MonthFirst, DateForm.MonthFirst), (count.Serials, DateForm.ExcelSerial)];
        var most = counts.MaxBy(one => one.Count);
        return most.Count == 0 ? null
            : count.DayFirst == count.MonthFirst && most.Count == count.DayFirst ? chosen is DateForm.DayFirst or DateForm.MonthFirst ? chosen : null
            : most.Form;
    }

    /// <summary>How many of a column's filled cells fit which form.</summary>
    private readonly record struct Count(
        int Filled, int YearFirst, int Compact, int DayFirst, int MonthFirst, int Either, int NumericDayFirst, int NumericMonthFirst, int Serials, int LateSerials)
    {
        private int DayFirstOnly => Either - MonthFirst;

        private int MonthFirstOnly => Either - DayFirst;

        /// <summary>Dates enough, but some can only be day first and others only month first, and neither kind is a slip.</summary>
        public bool Contradicts => IsMost(Either) && DayFirstOnly > 0 && MonthFirstOnly > 0;

        public static Count Of(IReadOnlyList<string[]> sample, int column)
        {
            int filled = 0, yearFirst = 0, compact = 0, dayFirst = 0, monthFirst = 0, either = 0, numericDayFirst = 0, numericMonthFirst = 0, serials = 0, lateSerials = 0;
            foreach (var row in sample)
            {
                var cell = Encoding.UTF8.GetBytes(row[column]);
                if (CellText.IsMissing(cell) || DateText.StandsForNothing(cell, null))
                {
                    continue;
                }

                filled++;
                var fits = DateText.FitsOf(cell);
                yearFirst += fits.HasFlag(DateFits.YearFirst) ? 1 : 0;
                compact += fits.HasFlag(DateFits.Compact) ? 1 : 0;
                dayFirst += fits.HasFlag(DateFits.DayFirst) ? 1 : 0;
                monthFirst += fits.HasFlag(DateFits.MonthFirst) ? 1 : 0;
                either += (fits & (DateFits.DayFirst | DateFits.MonthFirst)) != 0 ? 1 : 0;
                numericDayFirst += fits == DateFits.DayFirst ? 1 : 0;
                numericMonthFirst += fits == DateFits.MonthFirst ? 1 : 0;
                if (NumberText.TryRead(cell, false, out var number, out var marks) && marks == default && number is >= 1 and < DateText.LastSerial + 1)
                {
                    serials++;
                    lateSerials += number > SerialsFrom ? 1 : 0;
                }
            }

            return new(filled, yearFirst, compact, dayFirst, monthFirst, either, numericDayFirst, numericMonthFirst, serials, lateSerials);
        }

        /// <summary>The form of the column; none, but <c>FitsBoth</c>, where day and month could change places in every cell.</summary>
        public (DateForm? Form, bool FitsBoth) Form(bool namesDate) => this switch
        {
            _ when IsMost(YearFirst) && (Compact == 0 || namesDate) => (DateForm.YearFirst, false),
            _ when IsMost(DayFirst) && DayFirstOnly > 0 && MonthFirstOnly * 20 <= DayFirstOnly => (DateForm.DayFirst, false),
            _ when IsMost(MonthFirst) && MonthFirstOnly > 0 && DayFirstOnly * 20 <= MonthFirstOnly => (DateForm.MonthFirst, false),
            _ when IsMost(DayFirst) && DayFirstOnly == 0 && MonthFirstOnly == 0 => (null, true),
            _ when namesDate && IsMost(Serials) && LateSerials * 2 > Serials => (DateForm.ExcelSerial, false),
            _ => (null, false),
        };

        private bool IsMost(int count) => Filled > 0 && count >= Filled * LeastShare;
    }
}
