using System.CommandLine;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Receipts;

namespace Campaign.Web.CommandLine;

/// <summary>
/// <c>campaign verify</c>: is this receipt, or this file that left with one, ours and untouched? Offline: it reads files only, and may run
/// beside a server. What was checked goes to standard output, a line each. Exit 4 where something is not ours or was changed.
/// </summary>
public static class VerifyCommand
{
    public const int NotOursOrChanged = 4;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A receipt, or a file that a receipt names: an exported workbook, a document." };
        var with = new Option<string[]>("--with") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [], Description = "Files and folders to hold against the receipt, whatever they are called." };
        var key = new Option<string?>("--key") { Description = "The public key that the receipt must be signed with, 130 hex digits; otherwise the data folder's." };
        var data = ServeCommand.DataOption();
        var command = new Command("verify", "Is this receipt or exported file ours and untouched?") { file, with, key, data };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new RefusedException($"There is no file '{path}': check the path.");
            }

            var store = Directory.Exists(parsed.GetValue(data)) ? new FileStore(parsed.GetValue(data)!) : null;
            var ourKey = parsed.GetValue(key) ?? KeyOf(store);
            var reading = Receipt.ReadFile(path);
            var lines = reading switch
            {
                { Broken: { } broken } => [new(CheckState.Changed, "this receipt is broken", broken)],
                { Receipt: { } receipt } => CheckReceipt(receipt, ourKey, path, parsed.GetValue(with)!, store),
                _ => CheckFile(path, ourKey, store),
            };
            foreach (var line in lines)
            {
                Console.Out.WriteLine(TerminalText.Escape($"{InWords(line.State),-9} {line.What}: {line.Where}"));
            }

            var isWhole = lines.All(line => line.State != CheckState.Changed);
            Console.Out.WriteLine(isWhole ? "Ours, and untouched in everything that was there to check." : "Not ours, or changed.");
            return Task.FromResult(isWhole ? 0 : NotOursOrChanged);
        });
        return command;
    }

    private static string? KeyOf(FileStore? store) =>
        store is not null && new SigningKey(store.KeysFolder) is { IsThere: true } key ? key.PublicKey : null;

    private static IReadOnlyList<CheckLine> CheckReceipt(Receipt receipt, string? ourKey, string path, IReadOnlyList<string> with, FileStore? store) =>
        receipt.PublicKey == ourKey
            ? [Signed(receipt), .. ReceiptCheck.Of(receipt, path, with, store)]
            : [new(CheckState.Changed, "signature", $"whole, but by another installation's key {SigningKey.ShortName(receipt.PublicKey)}; "
                + (ourKey is null ? "this data folder has no key: name the right one with --data, or the public key with --key" : "not ours"))];

    private static CheckLine Signed(Receipt receipt)
    {
        var content = receipt.Content;
        return new(
            CheckState.Same, "receipt",
            $"number {content.Number} of list {content.List.ShortId}, made {Modules.Platform.InWords.When(content.CreatedUtc)} when the list was {content.Occasion.ToString().ToLowerInvariant()}, "
            + $"{ListStages.Words(content.Approval.Stage)}{(content.Approval.Reviewed ? "" : ", not independently reviewed")}; signed with our key {SigningKey.ShortName(receipt.PublicKey)}");
    }

    /// <summary>By its bytes, in the receipts beside it and in the data folder.</summary>
    private static IReadOnlyList<CheckLine> CheckFile(string path, string? ourKey, FileStore? store)
    {
        var hash = ReceiptCheck.HashOf(path);
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, MainJob.ReceiptFileName);
        IEnumerable<string> receipts = [.. File.Exists(beside) ? [beside] : Array.Empty<string>(), .. store is null ? [] : ListReceipts.FilesOf(store)];
        foreach (var receipt in receipts.Select(Receipt.ReadFile).Select(reading => reading.Receipt).OfType<Receipt>().Where(receipt => receipt.PublicKey == ourKey))
        {
            if (receipt.Content.Files.FirstOrDefault(file => file.Hash == hash) is { } named)
            {
                return [new(CheckState.Same, named.Kind, $"named by the receipt below"), Signed(receipt)];
            }
        }

        return [new(CheckState.Changed, "file", "no receipt of this installation, beside it or in the data folder, names these bytes")];
    }

    private static string InWords(CheckState state) => state switch
    {
        CheckState.Same => "same",
        CheckState.Changed => "CHANGED",
        _ => "not there",
    };
}
