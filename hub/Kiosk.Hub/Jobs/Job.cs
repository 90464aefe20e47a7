using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Jobs;

/// <summary>Work that is done beside requests and outlives a restart. Claimed by lease: a hub that dies loses it to the next.</summary>
internal sealed class Job
{
    public required Guid Id { get; init; }

    /// <summary>Names the <see cref="IJobHandler"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the work is about, e.g. the media's id.</summary>
    public required Guid SubjectId { get; init; }

    public required JobState State { get; set; }

    /// <summary>Times claimed, those that died with their hub included.</summary>
    public int Attempts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset NotBefore { get; set; }

    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What the last attempt died of, for operators of the hub.</summary>
    public string? Error { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Job>
    {
        public void Configure(EntityTypeBuilder<Job> builder)
        {
            builder.ToTable("Jobs");
            builder.Property(job => job.Kind).HasMaxLength(60);
            builder.Property(job => job.Attempts).IsConcurrencyToken();
            builder.Property(job => job.Error).HasMaxLength(2000);
            builder.HasIndex(job => new { job.State, job.NotBefore });
            builder.HasIndex(job => job.SubjectId);
        }
    }
}

internal enum JobState
{
    Pending,
    Running,
    Done,
    Failed,
}
