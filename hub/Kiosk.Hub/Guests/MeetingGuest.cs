using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Guests;

/// <summary>Somebody at a meeting who is no member of this system. Not among the expected, no vote, no points.</summary>
internal sealed class MeetingGuest
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    public required GuestKind Kind { get; init; }

    /// <summary>Encrypted by <see cref="PersonalData"/> under the row's id.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The visitor's branch, as they said it.</summary>
    public string? Branch { get; init; }

    public PersonKind? PersonKind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    /// <summary>The unit that issues the receipt; with <see cref="ReceiptYear"/> and <see cref="ReceiptSequence"/> its number, which is never given twice.</summary>
    public Guid? ReceiptUnitId { get; init; }

    public int? ReceiptYear { get; init; }

    public int? ReceiptSequence { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }

    public string? RemovedBy { get; set; }

    public string? RemovedReason { get; set; }

    public static string? ReceiptNumber(int? year, int? sequence) =>
        sequence is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{year}-{sequence:D4}");

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingGuest>
    {
        public void Configure(EntityTypeBuilder<MeetingGuest> builder)
        {
            builder.ToTable("MeetingGuests");
            builder.Property(guest => guest.Branch).HasMaxLength(120 * 16);
            builder.Property(guest => guest.By).HasMaxLength(200);
            builder.Property(guest => guest.RemovedBy).HasMaxLength(200);
            builder.Property(guest => guest.RemovedReason).HasMaxLength(200 * 16);
            builder.HasIndex(guest => new { guest.MeetingId, guest.At });
            builder.HasIndex(guest => new { guest.ReceiptUnitId, guest.ReceiptYear, guest.ReceiptSequence }).IsUnique();
            builder.HasOne<Meeting>().WithMany().HasForeignKey(guest => guest.MeetingId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
