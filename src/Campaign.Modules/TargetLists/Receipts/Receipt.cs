using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Modules.Platform;

namespace Campaign.Modules.TargetLists.Receipts;

/// <summary>
/// A receipt: what it says, and the signature of the installation that made it, over the <see cref="CanonicalJson"/> of what it says.
/// </summary>
/// <param name="PublicKey">Of the installation, as <see cref="SigningKey.PublicKey"/>.</param>
/// <param name="Hash">SHA-256 of the signed bytes, lower-case hex: what the next receipt calls this one.</param>
public sealed record Receipt(ReceiptContent Content, string PublicKey, string Hash)
{
    /// <summary>Bytes; a larger file is no receipt.</summary>
    public const int LargestFile = 32 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new ShortestNumber() },
    };

    /// <returns>The file's bytes and the receipt's hash.</returns>
    public static (byte[] File, string Hash) Seal(ReceiptContent content, SigningKey key)
    {
        var signed = CanonicalJson.Of(JsonSerializer.SerializeToElement(content, Json));
        var sealing = new SealedReceipt(content, new ReceiptSignature(SigningKey.Algorithm, key.PublicKey, key.Sign(signed)));
        return ([.. JsonSerializer.SerializeToUtf8Bytes(sealing, Json), (byte)'\n'], HashOf(signed));
    }

    /// <summary>Reads a file; nothing in it is believed before its signature is checked. Whose key signed it is the caller's question.</summary>
    public static ReceiptReading Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("receipt", out var content) && root.TryGetProperty("signature", out _)
                ? ReadSealed(root, content)
                : ReceiptReading.NotAReceipt;
        }
        catch (JsonException)
        {
            return LooksLikeReceipt(file.Span) ? new(null, "it is not whole, or holds what no receipt holds") : ReceiptReading.NotAReceipt;
        }
    }

    /// <inheritdoc cref="Read"/>
    public static ReceiptReading ReadFile(string path) => new FileInfo(path).Length > LargestFile ? ReceiptReading.NotAReceipt : Read(File.ReadAllBytes(path));

    private static ReceiptReading ReadSealed(JsonElement root, JsonElement content)
    {
        // Refuses members that stand twice, of which readers see one or the other.
        CanonicalJson.Of(root);
        var signed = CanonicalJson.Of(content);
        if (content.ValueKind == JsonValueKind.Object && content.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.Number && format.GetRawText() != ReceiptContent.CurrentFormat.ToString(CultureInfo.InvariantCulture))
        {
            return new(null, "its format is another version's, or was changed");
        }

        var (receipt, signature) = root.Deserialize<SealedReceipt>(Json)!;
        return signature.Algorithm == SigningKey.Algorithm && SigningKey.IsSigned(signed, signature.PublicKey, signature.Value)
            ? new(new Receipt(receipt, signature.PublicKey, HashOf(signed)), null)
            : new(null, "it was changed after it was signed");
    }

    /// <summary>Told of damaged JSON, which can't be asked.</summary>
    private static bool LooksLikeReceipt(ReadOnlySpan<byte> file) =>
        file.TrimStart(" \t\r\n"u8).StartsWith("{"u8) && file.IndexOf("\"receipt\""u8) >= 0 && file.IndexOf("\"signature\""u8) >= 0;

    private static string HashOf(byte[] signed) => Convert.ToHexStringLower(SHA256.HashData(signed));

    /// <summary>Shortest text that reads back the same, with a small e: as other languages write it, so that they find the signed text again.</summary>
    private sealed class ShortestNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'));
    }

    private sealed record SealedReceipt(ReceiptContent Receipt, ReceiptSignature Signature);

    private sealed record ReceiptSignature(string Algorithm, string PublicKey, string Value);
}

/// <summary>What a file turned out to be.</summary>
/// <param name="Receipt">Null where it is none, or a broken one.</param>
/// <param name="Broken">Why a receipt is not as it was made; goes on after 'this receipt is broken:'.</param>
public sealed record ReceiptReading(Receipt? Receipt, string? Broken)
{
    /// <summary>Not JSON, or JSON of something else.</summary>
    public static ReceiptReading NotAReceipt { get; } = new(null, null);
}
