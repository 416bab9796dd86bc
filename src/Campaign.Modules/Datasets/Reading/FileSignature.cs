using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>Tells by a file's first bytes what it is, whatever its name says; refuses what is neither a CSV nor a workbook that can be read.</summary>
internal static class FileSignature
{
    private const int HeadBytes = 4096;

    /// <exception cref="RefusedException">The file is empty, of another kind, or its name promises another kind.</exception>
    public static FileFormat Identify(string path, string fileName)
    {
        var head = new byte[HeadBytes];
        using (var file = File.OpenRead(path))
        {
            head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        }

        if (head.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new RefusedException("The file is empty. Export it again with its header line and its rows.");
        }

        var extension = Path.GetExtension(fileName).ToUpperInvariant();
        return head switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => extension switch
            {
                ".XLSX" => FileFormat.Xlsx,
                ".XLSM" => throw new RefusedException("The file is a workbook with macros (.xlsm). Save it as an Excel workbook (.xlsx) and send that."),
                _ => throw new RefusedException("The file is a zip archive or an Excel workbook, but its name does not end in .xlsx. Give it its right name, or unpack it and send the CSV inside."),
            },
            [(byte)'P', (byte)'K', ..] when head.Length > 2 && head[2] is 5 or 7 => throw new RefusedException("The file is an empty or split zip archive. Send the CSV or the workbook itself."),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => throw OldOrEncryptedWorkbook(path),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => throw new RefusedException("The file is a PDF. Send the table as CSV or as an Excel workbook (.xlsx)."),
            [0x1F, 0x8B, ..] => throw new RefusedException("The file is packed with gzip. Unpack it and send the CSV inside."),
            [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => throw Program(),
            [(byte)'M', (byte)'Z', ..] when head.AsSpan().Contains((byte)0) => throw Program(),
            [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] =>
                throw new RefusedException("The file is a packed archive. Unpack it and send the CSV inside."),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] => throw new RefusedException("The file is a picture. Send the table as CSV or as an Excel workbook (.xlsx)."),
            [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => throw new RefusedException("The file is a text document (RTF). Send the table as CSV or as an Excel workbook (.xlsx)."),
            _ => Text(head, extension),
        };
    }

    private static FileFormat Text(ReadOnlySpan<byte> head, string extension)
    {
        var start = head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head;
        start = start.TrimStart(" \t\r\n"u8);
        if (start is [(byte)'<', ..])
        {
            throw new RefusedException("The file is a web page or XML, not a table. Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV, and send that.");
        }

        return extension switch
        {
            ".XLSX" or ".XLSM" or ".XLSB" or ".XLS" or ".ODS" => throw new RefusedException(
                $"The file's name ends in {extension.ToLowerInvariant()}, but it is not a workbook; it looks like text. If it is a CSV, let its name end in .csv."),
            _ => FileFormat.Csv,
        };
    }

    private static RefusedException Program() => new("The file is a program. Send the table as CSV or as an Excel workbook (.xlsx).");

    /// <summary>A password-protected .xlsx is a container of the old kind with a stream of this name in its directory.</summary>
    private static RefusedException OldOrEncryptedWorkbook(string path)
    {
        var marker = System.Text.Encoding.Unicode.GetBytes("EncryptedPackage");
        var window = new byte[1 << 16];
        var kept = 0;
        using var file = File.OpenRead(path);
        int read;
        while ((read = file.Read(window.AsSpan(kept))) > 0)
        {
            var count = kept + read;
            if (window.AsSpan(0, count).IndexOf(marker) >= 0)
            {
                return new RefusedException("The workbook is protected with a password. Remove the password in Excel (File, Info, Protect Workbook) and send it again.");
            }

            kept = Math.Min(marker.Length, count);
            window.AsSpan(count - kept, kept).CopyTo(window);
        }

        return new RefusedException("The file is in Excel's old format (.xls). Save it as an Excel workbook (.xlsx) and send that.");
    }
}
