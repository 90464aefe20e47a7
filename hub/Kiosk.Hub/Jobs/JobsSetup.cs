using Kiosk.Hub.Data;

namespace Kiosk.Hub.Jobs;

internal static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services) =>
        services.AddSingleton<JobSignal>().AddHostedService<JobWorker>();

    public static IServiceCollection AddJob<T>(this IServiceCollection services, string kind)
        where T : class, IJobHandler =>
        services.AddKeyedSingleton<IJobHandler, T>(kind);

    /// <summary>Adds a job to the running transaction; it starts after the commit.</summary>
    public static void Enqueue(this HubDbContext db, string kind, Guid subjectId, DateTimeOffset now)
    {
        db.Add(new Job { Id = Guid.CreateVersion7(now), Kind = kind, SubjectId = subjectId, State = JobState.Pending, CreatedAt = now, NotBefore = now });
        db.OnCommitted(services => services.GetRequiredService<JobSignal>().Wake());
    }
}
