using System.Security.Cryptography;
using System.Text;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.TargetLists.Receipts;

/// <summary>Why a receipt was made.</summary>
public enum ReceiptOccasion
{
    Built,
    Approved,
    Exported,
    Outcome,
}

/// <summary>
/// What a receipt says of a target list: hashes, counts, ids of ours and times; no customer's id, no names and no free text. Hashes are
/// SHA-256 in lower-case hex. docs/receipt.md describes each member as it stands in the file.
/// </summary>
/// <param name="Format"><see cref="CurrentFormat"/>; another number is another version of Campaign's.</param>
/// <param name="Number">From 1 within the list.</param>
/// <param name="Previous">The hash of the list's receipt before this one; null for the first.</param>
/// <param name="Campaign">The product's version.</param>
/// <param name="Waterfall">In the order of the gates.</param>
/// <param name="Excluded">By cause; each excluded customer has one.</param>
/// <param name="Suppression">The do-not-contact lists that were in force when the list was built.</param>
public sealed record ReceiptContent(
    int Format,
    int Number,
    ReceiptOccasion Occasion,
    string? Previous,
    DateTime CreatedUtc,
    string Campaign,
    ReceiptList List,
    ReceiptDataset Dataset,
    ReceiptModel Model,
    ReceiptThreshold Threshold,
    IReadOnlyList<ReceiptGate> Waterfall,
    IReadOnlyList<ReceiptCause> Excluded,
    IReadOnlyList<ReceiptSuppression> Suppression,
    ReceiptMembers Members,
    ReceiptControl Control,
    ReceiptApproval Approval,
    IReadOnlyList<ReceiptExport> Exports,
    IReadOnlyList<ReceiptOutcome> Outcomes,
    IReadOnlyList<ReceiptFile> Files)
{
    public const int CurrentFormat = 1;

    /// <summary>Of a list that is built; number, time, history and exports are the receipts' to fill in.</summary>
    /// <param name="chosen">How the threshold was chosen, in words.</param>
    /// <param name="suppression">Do-not-contact lists that were in force.</param>
    /// <param name="made">The copies that were written.</param>
    public static ReceiptContent Of(
        TargetList list, ModelRunSummary run, DatasetSummary dataset, string chosen, TargetListSelection selection, IReadOnlyList<ReceiptSuppression> suppression, IReadOnlyList<ReceiptFile> made)
    {
        var definition = list.Definition;
        var results = run.Results ?? throw new InvalidOperationException("A list is built from a finished run.");
        var promise = run.Threshold?.Score == list.Threshold ? run.Promise : null;
        return new(
            CurrentFormat, 0, ReceiptOccasion.Built, null, default, typeof(ReceiptContent).Assembly.GetName().Version!.ToString(3),
            new(list.Id, ListFacts.ShortId(list.Id), HashOf(list.DefinitionJson), definition.Seed, list.CreatedById, list.CreatedUtc, list.ValidUntilUtc),
            new(dataset.Id, dataset.Fingerprint, dataset.ByteCount, dataset.RowCount, dataset.RejectedRowCount),
            new(run.Id, run.Seed, results.Algorithm, run.CompletedUtc, results.ModelHash, results.ModelFiles, results.Versions),
            new(list.Threshold, chosen, promise?.Recall, promise?.Confidence, promise?.Kind.ToString().ToLowerInvariant(), promise?.KnownAffluent, promise?.Kept),
            [.. selection.Counts.Lines.Select(line => new ReceiptGate(line.Name, line.Unit, line.Left))],
            [.. selection.Excluded.GroupBy(customer => customer.Cause).OrderBy(cause => cause.Key).Select(cause => new ReceiptCause(cause.Key.ToString(), cause.Count()))],
            suppression,
            new(list.MembersHash!, selection.Listed.Count, selection.Control.Count),
            new(selection.Control.Count, definition.ControlCount is null ? definition.ControlShare : null, definition.Seed, HashOf(string.Concat(
                selection.Control.Select(customer => customer.CustomerId).Order(StringComparer.Ordinal).Select(id => id + "\n")))),
            new(list.Stage, false, null, null, []),
            [], [], made);
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <param name="DefinitionHash">Of what was asked of the list, as it is kept.</param>
/// <param name="CreatedBy">The person's id.</param>
public sealed record ReceiptList(Guid Id, string ShortId, string DefinitionHash, int Seed, string CreatedBy, DateTime CreatedUtc, DateTime ValidUntilUtc);

/// <param name="Fingerprint">Of the uploaded bytes.</param>
/// <param name="Rows">That could be used.</param>
/// <param name="RejectedRows">Left out when the file was read.</param>
public sealed record ReceiptDataset(Guid Id, string Fingerprint, long Bytes, int Rows, int RejectedRows);

/// <param name="Hash">Names the final model: of its one file, or of its files' hashes written one after the other.</param>
/// <param name="Files">Of the final model, by name.</param>
/// <param name="Versions">Of libraries and product, by name, when it was trained.</param>
public sealed record ReceiptModel(
    Guid RunId, int Seed, string Algorithm, DateTime? TrainedUtc, string Hash, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Versions);

/// <param name="Score">0 to 1; at or above selects.</param>
/// <param name="Chosen">How, in words.</param>
/// <param name="Recall">The floor that is promised; null, as the next four, where nothing is.</param>
/// <param name="KnownAffluent">Rows that the promise rests on.</param>
/// <param name="Kept">Of these, at or above the threshold.</param>
public sealed record ReceiptThreshold(double Score, string Chosen, double? Recall, double? Confidence, string? Promise, int? KnownAffluent, int? Kept);

/// <param name="Unit">'rows' or 'customers'.</param>
/// <param name="Left">After this gate; null where it is not applied.</param>
public sealed record ReceiptGate(string Gate, string Unit, int? Left);

public sealed record ReceiptCause(string Cause, int Customers);

/// <param name="Hash">Of the uploaded bytes.</param>
public sealed record ReceiptSuppression(Guid Id, string Hash);

/// <param name="Hash">Of members.csv.</param>
/// <param name="ToContact">Customers.</param>
public sealed record ReceiptMembers(string Hash, int ToContact, int Control);

/// <param name="Share">Asked for, 0 to below 1; null where a count was asked for.</param>
/// <param name="IdsHash">Of the control customers' ids in ordinal order, each followed by a line feed, in UTF-8.</param>
public sealed record ReceiptControl(int Customers, double? Share, int Seed, string IdsHash);

/// <param name="Reviewed">Approved by somebody who did not make the list.</param>
/// <param name="By">The approver's id; null where nobody approved it.</param>
/// <param name="History">Every step, the earliest first.</param>
public sealed record ReceiptApproval(ListStage Stage, bool Reviewed, string? By, DateTime? Utc, IReadOnlyList<ReceiptStep> History);

/// <param name="By">The person's id.</param>
public sealed record ReceiptStep(int Number, ListAct Act, ListStage? From, ListStage To, string By, DateTime Utc);

/// <param name="By">The person's id.</param>
/// <param name="Rows">Customers to contact in the file.</param>
public sealed record ReceiptExport(ListCopy Copy, string By, DateTime Utc, int Rows, string Hash);

/// <param name="Hash">Of the uploaded bytes.</param>
/// <param name="Counts">Of what came of it, by name.</param>
public sealed record ReceiptOutcome(Guid Id, string Hash, DateTime Utc, IReadOnlyDictionary<string, int> Counts);

/// <summary>A file that was made of the list.</summary>
/// <param name="Name">As it lies in its folder.</param>
/// <param name="Kind">'workbook, for callers', for example.</param>
/// <param name="Rows">Customers to contact, or data rows; null where the file has no such rows.</param>
public sealed record ReceiptFile(string Name, string Kind, string Hash, int? Rows);
