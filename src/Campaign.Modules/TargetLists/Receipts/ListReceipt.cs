using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists.Receipts;

/// <summary>A receipt of a target list; its file lies in the list's folder. A file that no row names counts for nothing.</summary>
public sealed class ListReceipt
{
    public Guid TargetListId { get; set; }

    /// <summary>From 1 within the list, without gaps.</summary>
    public int Number { get; set; }

    public ReceiptOccasion Occasion { get; set; }

    /// <summary><see cref="Receipt.Hash"/>.</summary>
    public string Hash { get; set; } = "";

    public DateTime Utc { get; set; }

    /// <summary>With the hash, so that of two people who come at once neither writes over the other's.</summary>
    public string FileName => $"{Number:0000}-{InWords.ShortHash(Hash)}.json";
}

internal sealed class ListReceiptMapping : IEntityTypeConfiguration<ListReceipt>
{
    public void Configure(EntityTypeBuilder<ListReceipt> builder)
    {
        builder.ToTable("ListReceipts");
        builder.HasKey(receipt => new { receipt.TargetListId, receipt.Number });
        builder.Property(receipt => receipt.Number).ValueGeneratedNever();
        builder.Property(receipt => receipt.Hash).HasMaxLength(64);
        builder.Ignore(receipt => receipt.FileName);
        builder.HasOne<TargetList>().WithMany().HasForeignKey(receipt => receipt.TargetListId).OnDelete(DeleteBehavior.Restrict);
    }
}
