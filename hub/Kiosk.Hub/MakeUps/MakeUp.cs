using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.MakeUps;

/// <summary>补学: what somebody who did not come has done instead; one row per meeting and member.</summary>
internal sealed class MakeUp
{
    /// <summary>Key of what a decision brings or takes; a new revision is another one.</summary>
    public static string PostingKey(string rule, Guid meetingId, int revision) => $"{rule}:{meetingId:N}:{revision}";

    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required MakeUpState State { get; set; }

    /// <summary>Encrypted by <see cref="PersonalData"/> under the member's id: a thought written down is the branch's, not the database reader's.</summary>
    public byte[]? Text { get; set; }

    public string? Material { get; set; }

    public required DateTimeOffset SubmittedAt { get; set; }

    public string? EnteredBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public string? Note { get; set; }

    /// <summary>Points it has brought and would lose when taken back.</summary>
    public int Granted { get; set; }

    /// <summary>Grows with every change; a decision names the one it is about, and points are posted under it.</summary>
    public int Revision { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<MakeUp>
    {
        public void Configure(EntityTypeBuilder<MakeUp> builder)
        {
            builder.ToTable("MakeUps");
            builder.HasKey(makeUp => new { makeUp.MeetingId, makeUp.MemberId });
            builder.HasIndex(makeUp => makeUp.MemberId);
            builder.Property(makeUp => makeUp.Material).HasMaxLength(120 * 16);
            builder.Property(makeUp => makeUp.EnteredBy).HasMaxLength(200);
            builder.Property(makeUp => makeUp.DecidedBy).HasMaxLength(200);
            builder.Property(makeUp => makeUp.Note).HasMaxLength(200 * 16);
            builder.Property(makeUp => makeUp.Revision).IsConcurrencyToken();
            builder.HasOne<Meeting>().WithMany().HasForeignKey(makeUp => makeUp.MeetingId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Member>().WithMany().HasForeignKey(makeUp => makeUp.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A photo handed in with a make-up.</summary>
internal sealed class MakeUpPhoto
{
    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required Guid MediaId { get; init; }

    public required int Position { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MakeUpPhoto>
    {
        public void Configure(EntityTypeBuilder<MakeUpPhoto> builder)
        {
            builder.ToTable("MakeUpPhotos");
            builder.HasKey(photo => photo.MediaId);
            builder.HasIndex(photo => new { photo.MeetingId, photo.MemberId });
            builder.HasOne<MakeUp>().WithMany().HasForeignKey(photo => new { photo.MeetingId, photo.MemberId }).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Media.MediaItem>().WithMany().HasForeignKey(photo => photo.MediaId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
