using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.TargetLists.Receipts;

public sealed class ReceiptTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SigningKey _key;

    public ReceiptTests() => _key = new SigningKey(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_sealed_is_read_again_whatever_the_spaces_and_the_order()
    {
        var (file, hash) = Receipt.Seal(Content(), _key);
        var compact = JsonSerializer.SerializeToUtf8Bytes(Reversed(JsonNode.Parse(file)!));

        foreach (var text in new[] { file, compact })
        {
            var receipt = Receipt.Read(text).Receipt!;
            Assert.Equal((hash, _key.PublicKey, 3, 0.123456789012345), (receipt.Hash, receipt.PublicKey, receipt.Content.Number, receipt.Content.Threshold.Score));
            Assert.Equal(JsonSerializer.Serialize(Content()), JsonSerializer.Serialize(receipt.Content));
        }
    }

    [Fact]
    public void A_change_of_any_value_any_name_and_any_place_is_found()
    {
        var file = Encoding.UTF8.GetString(Receipt.Seal(Content(), _key).File);
        var paths = Leaves(JsonNode.Parse(file)!, []).ToList();
        Assert.InRange(paths.Count, 80, 200);

        foreach (var path in paths)
        {
            foreach (var value in Others(Find(JsonNode.Parse(file)!, path)))
            {
                AssertBroken(path, root => Put(root, path, value));
            }

            AssertBroken(path, root => Remove(root, path));
            AssertBroken(path, root => Add(root, path));
        }

        void AssertBroken(IReadOnlyList<object> path, Action<JsonNode> change)
        {
            var root = JsonNode.Parse(file)!;
            change(root);
            var reading = Receipt.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
            Assert.True(reading.Receipt is null, $"a change at {string.Join('/', path)} was not found");
        }
    }

    [Fact]
    public void A_change_of_any_byte_is_found_or_changes_nothing_that_is_said()
    {
        var (file, hash) = Receipt.Seal(Content(), _key);
        for (var at = 0; at < file.Length; at++)
        {
            var changed = (byte[])file.Clone();
            changed[at] ^= 1;

            // A space that becomes another one, or a letter of a name, is all that a byte can be without being text.
            Assert.True(Receipt.Read(changed).Receipt is not { } receipt || receipt.Hash == hash, $"byte {at}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("customer_id,row\nK1,1\n")]
    [InlineData("{\"receipt\":{}}")]
    public void What_is_something_else_is_no_receipt(string text) => Assert.Equal(ReceiptReading.NotAReceipt, Receipt.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("{\"receipt\":{},\"signature\":{}}")]
    [InlineData("{\"receipt\":null,\"signature\":null}")]
    [InlineData("{\"receipt\":{\"format\":2},\"signature\":{}}")]
    [InlineData("{\"receipt\":{},\"signature\":{\"algorithm\":\"none\",\"public_key\":\"\",\"value\":\"\"}}")]
    [InlineData("{\"receipt\":{\"format\":1,")]
    public void What_says_that_it_is_one_and_is_not_whole_is_a_broken_one(string text)
    {
        var reading = Receipt.Read(Encoding.UTF8.GetBytes(text + (text.EndsWith('}') ? "" : "\"signature\"")));

        Assert.Null(reading.Receipt);
        Assert.NotNull(reading.Broken);
    }

    [Fact]
    public void Another_keys_seal_is_whole_but_names_that_key()
    {
        var other = new SigningKey(_folder.Combine("other"));

        var receipt = Receipt.Read(Receipt.Seal(Content(), other).File).Receipt!;

        Assert.Equal(other.PublicKey, receipt.PublicKey);
        Assert.NotEqual(_key.PublicKey, receipt.PublicKey);
    }

    [Fact]
    public void It_names_no_customer_and_no_person_by_name()
    {
        var text = Encoding.UTF8.GetString(Receipt.Seal(Content(), _key).File);

        Assert.DoesNotContain("K1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mei", text, StringComparison.Ordinal);
        Assert.Contains("\"by\": \"maker\"", text, StringComparison.Ordinal);
    }

    internal static ReceiptContent Content()
    {
        var (id, day, hash) = (new Guid("01990000-0000-7000-8000-000000000001"), new DateTime(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc), new string('a', 64));
        return new(
            ReceiptContent.CurrentFormat, 3, ReceiptOccasion.Outcome, hash, day, "1.0.0",
            new(id, "TL-00000001", hash, 7, "maker", day, day.AddDays(14)),
            new(id, hash, 123, 9, 1),
            new(id, 1, "boosted trees (XGBoost)", day, hash, new Dictionary<string, string> { ["final-boosted-trees.ubj"] = hash }, new Dictionary<string, string> { ["xgboost"] = "1.7.4" }),
            new(0.123456789012345, "finds at least 90 % of the affluents", 0.9, 0.95, "tight", 140, 130),
            [new("uploaded rows", "rows", 10), new("consented", "customers", null)],
            [new("RecordedAffluentInAnotherRow", 1)],
            [new(id, hash)],
            new(hash, 2, 1),
            new(1, 0.25, 7, hash),
            new(ListStage.Exported, true, "checker", day, [new(0, ListAct.Made, null, ListStage.Draft, "maker", day), new(1, ListAct.Submitted, ListStage.Draft, ListStage.InReview, "maker", day)]),
            [new(ListCopy.Callers, "caller", day, 2, hash)],
            [new(id, hash, day, new Dictionary<string, int> { ["responded"] = 1 })],
            [new("target-list.xlsx", "workbook for callers", hash, 2), new("model-card.pdf", "model card", hash, null)]);
    }

    private static IEnumerable<IReadOnlyList<object>> Leaves(JsonNode? node, IReadOnlyList<object> path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, [.. path, member.Key])),
        JsonArray items => items.SelectMany((item, index) => Leaves(item, [.. path, index])),
        _ => [path],
    };

    private static JsonNode? Find(JsonNode root, IReadOnlyList<object> path) => path.Aggregate((JsonNode?)root, (node, step) => step is string name ? node![name] : node![(int)step]);

    private static JsonNode Parent(JsonNode root, IReadOnlyList<object> path) => Find(root, [.. path.SkipLast(1)])!;

    /// <summary>Values near the old one and of other kinds, each different from it.</summary>
    private static IEnumerable<JsonNode?> Others(JsonNode? old)
    {
        if (old is null)
        {
            return [JsonValue.Create(0), JsonValue.Create("")];
        }

        var text = old.ToJsonString();
        return old.GetValueKind() switch
        {
            JsonValueKind.Number => [JsonNode.Parse(text + (text.Contains('.', StringComparison.Ordinal) ? "1" : ".0")), JsonNode.Parse("1" + text), JsonValue.Create(text), null],
            JsonValueKind.String => [JsonValue.Create(old.GetValue<string>() + " "), JsonValue.Create(Turned(old.GetValue<string>())), JsonValue.Create(""), null],
            _ => [JsonValue.Create(!old.GetValue<bool>()), null],
        };
    }

    /// <summary>With another last letter.</summary>
    private static string Turned(string text) => text[..^1] + (text[^1] == '0' ? '1' : '0');

    private static void Put(JsonNode root, IReadOnlyList<object> path, JsonNode? value)
    {
        if (path[^1] is string name)
        {
            Parent(root, path)[name] = value;
        }
        else
        {
            Parent(root, path)[(int)path[^1]] = value;
        }
    }

    private static void Remove(JsonNode root, IReadOnlyList<object> path)
    {
        if (path[^1] is string name)
        {
            Parent(root, path).AsObject().Remove(name);
        }
        else
        {
            Parent(root, path).AsArray().RemoveAt((int)path[^1]);
        }
    }

    private static void Add(JsonNode root, IReadOnlyList<object> path)
    {
        if (Parent(root, path) is JsonObject members)
        {
            members.Add("more", 1);
        }
        else
        {
            Parent(root, path).AsArray().Add(1);
        }
    }

    private static JsonNode? Reversed(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value is null ? null : Reversed(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Reversed(item))]),
        _ => node.DeepClone(),
    };
}
