namespace Campaign.Modules.TargetLists;

/// <summary>A form in which a target list leaves.</summary>
public enum ListCopy
{
    /// <summary>The workbook without the control group, which callers must not know.</summary>
    Callers,

    /// <summary>The workbook with the control group.</summary>
    Internal,

    /// <summary>The callers' rows as text.</summary>
    Csv,
}

/// <summary>What the copies are called and where they lie.</summary>
public static class ListCopies
{
    /// <summary>In the list's folder, the copies as they were approved; those beside it name no approver.</summary>
    public const string ApprovedFolder = "approved";

    public static string FileName(ListCopy copy) => copy switch
    {
        ListCopy.Callers => "target-list.xlsx",
        ListCopy.Internal => "target-list-internal.xlsx",
        _ => "target-list.csv",
    };

    public static string ContentType(ListCopy copy) =>
        copy == ListCopy.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static string InWords(ListCopy copy) => copy switch
    {
        ListCopy.Callers => "workbook for callers",
        ListCopy.Internal => "internal workbook, with the control group",
        _ => "CSV for callers",
    };

    /// <summary>The folder whose copies leave.</summary>
    public static string FolderOf(TargetList list, string listFolder) => list.ApprovedById is null ? listFolder : Path.Combine(listFolder, ApprovedFolder);
}
