using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Tests.Support;
using Campaign.Tests.TargetLists;
using Campaign.Web.CommandLine;
using Xunit;

namespace Campaign.Tests.CommandLine;

/// <summary>A receipt of an invented list, held against the list's files in its data folder and elsewhere.</summary>
public sealed class VerifyCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private TestDatabase _database = null!;
    private string _receipt = "", _workbook = "";

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await using var db = _database.Open();
        var (key, clock) = (new SigningKey(_database.Files.KeysFolder), new SettableClock());
        var id = await SampleLists.AddAsync(db, _database.Files, key, clock);
        var receipts = SampleLists.Receipts(db, _database.Files, key, clock);
        _receipt = Directory.CreateDirectory(_folder.Combine("elsewhere")).FullName + "/receipt.json";
        File.Copy(receipts.PathOf((await receipts.ListAsync(id))[0]), _receipt);
        _workbook = Path.Combine(_database.Files.ListFolder(id), ListCopies.FileName(ListCopy.Callers));
        Directory.CreateDirectory(_database.Files.DatasetFolder(Content.Dataset.Id));
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private ReceiptContent Content => Receipt.ReadFile(_receipt).Receipt!.Content;

    [Fact]
    public void A_receipt_of_ours_is_held_against_the_files_in_the_data_folder_and_what_is_not_there_is_said()
    {
        var lines = ReceiptCheck.Of(Receipt.ReadFile(_receipt).Receipt!, _receipt, [], _database.Files);

        Assert.Equal(
            [
                "Same members of the list (members.csv)", "Same internal workbook, with the control group (target-list-internal.xlsx)", "Same workbook for callers (target-list.xlsx)",
                "NotThere data file", "NotThere model (final-boosted-trees.ubj)",
            ],
            lines.Select(line => $"{line.State} {line.What}"));
        Assert.Equal(0, Verify(_receipt));
    }

    [Fact]
    public void A_file_that_was_changed_is_said_and_one_under_another_name_is_still_known()
    {
        var renamed = _folder.Combine("my copy.xlsx");
        File.Copy(_workbook, renamed);
        Assert.Equal(0, Verify(_receipt, "--with", renamed));

        File.AppendAllText(renamed, "x");
        Assert.Equal(VerifyCommand.NotOursOrChanged, Verify(_receipt, "--with", renamed));

        var members = Path.Combine(Path.GetDirectoryName(_workbook)!, ListMembers.FileName);
        File.AppendAllText(members, "K9,9,target,0.9,A,high,,,,,3\n");
        Assert.Contains(ReceiptCheck.Of(Receipt.ReadFile(_receipt).Receipt!, _receipt, [], _database.Files), line => line is { State: CheckState.Changed, What: "members of the list (members.csv)" });
        Assert.Equal(VerifyCommand.NotOursOrChanged, Verify(_receipt));
    }

    [Fact]
    public void A_model_folder_and_a_data_file_that_are_named_are_compared()
    {
        var model = Directory.CreateDirectory(_folder.Combine("package")).FullName;
        File.WriteAllText(Path.Combine(model, "final-boosted-trees.ubj"), "another model");

        var lines = ReceiptCheck.Of(Receipt.ReadFile(_receipt).Receipt!, _receipt, [model], null);

        Assert.Contains(lines, line => line is { State: CheckState.Changed, What: "model (final-boosted-trees.ubj)" });
        Assert.Equal(VerifyCommand.NotOursOrChanged, Verify(_receipt, "--with", Directory.CreateDirectory(_folder.Combine("empty")).FullName));
        var missing = Assert.Throws<RefusedException>(() => ReceiptCheck.Of(Receipt.ReadFile(_receipt).Receipt!, _receipt, [_folder.Combine("none.csv")], null));
        Assert.StartsWith("There is no file", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_receipt_and_one_of_another_installation_are_not_ours()
    {
        var other = _folder.Combine("other-data");
        Directory.CreateDirectory(other);
        Assert.Equal(VerifyCommand.NotOursOrChanged, VerifyIn(other, _receipt));
        Assert.Equal(0, VerifyIn(other, _receipt, "--key", new SigningKey(_database.Files.KeysFolder).PublicKey));

        var changed = _folder.Combine("changed.json");
        File.WriteAllText(changed, File.ReadAllText(_receipt).Replace("\"to_contact\": 2", "\"to_contact\": 3", StringComparison.Ordinal));
        Assert.Equal(VerifyCommand.NotOursOrChanged, Verify(changed));

        var foreign = _folder.Combine("foreign.json");
        File.WriteAllBytes(foreign, Receipt.Seal(Content, new SigningKey(_folder.Combine("thief"))).File);
        Assert.Equal(VerifyCommand.NotOursOrChanged, Verify(foreign));
    }

    [Fact]
    public void An_exported_workbook_alone_is_found_by_its_bytes()
    {
        var alone = _folder.Combine("TL-callers.xlsx");
        File.Copy(_workbook, alone);
        Assert.Equal(0, Verify(alone));

        var beside = Path.Combine(Path.GetDirectoryName(_receipt)!, "any name.xlsx");
        File.Copy(_workbook, beside);
        Assert.Equal(0, VerifyIn(_folder.Path, beside, "--key", new SigningKey(_database.Files.KeysFolder).PublicKey));

        File.AppendAllText(alone, "x");
        Assert.Equal(VerifyCommand.NotOursOrChanged, Verify(alone));
    }

    [Fact]
    public void A_name_in_a_receipt_leads_to_no_file_outside_the_folder_it_is_looked_for_in()
    {
        var outside = _folder.Combine("outside.txt");
        File.WriteAllText(outside, "outside");
        var content = Content with { Files = [new("../outside.txt", "trap", ReceiptCheck.HashOf(outside), null)] };
        var path = _folder.Combine("elsewhere", "trap.json");
        File.WriteAllBytes(path, Receipt.Seal(content, new SigningKey(_database.Files.KeysFolder)).File);

        Assert.Contains(ReceiptCheck.Of(Receipt.ReadFile(path).Receipt!, path, [], null), line => line.State == CheckState.NotThere && line.What.StartsWith("trap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_and_a_command_ends_with_its_exit_code()
    {
        Assert.Equal(2, await CampaignCommandLine.RunAsync(["verify", _folder.Combine("none.json"), "--data", _database.Files.Root]));
        Assert.Equal(0, await CampaignCommandLine.RunAsync(["verify", _receipt, "--data", _database.Files.Root]));
        Assert.Equal(4, await CampaignCommandLine.RunAsync(["verify", _receipt, "--data", _folder.Combine("nowhere")]));
        Assert.False(Directory.Exists(_folder.Combine("nowhere")));
    }

    private int Verify(string file, params string[] more) => VerifyIn(_database.Files.Root, file, more);

    private static int VerifyIn(string data, string file, params string[] more) =>
        VerifyCommand.Create().Parse([file, "--data", data, .. more]).Invoke(new() { EnableDefaultExceptionHandler = false });
}
