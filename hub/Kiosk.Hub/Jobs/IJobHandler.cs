namespace Kiosk.Hub.Jobs;

/// <summary>
/// Does the jobs of one kind. Must be idempotent: a job whose hub died runs again from the start. Registered as a keyed
/// singleton under its kind (<see cref="JobsSetup.AddJob{T}"/>).
/// </summary>
internal interface IJobHandler
{
    /// <summary>Returns when the work is done or has been refused for good; an exception means "try again later".</summary>
    Task RunAsync(Guid subjectId, CancellationToken cancellationToken);

    /// <summary>The attempts are used up; records that towards people.</summary>
    Task GiveUpAsync(Guid subjectId, Exception? last, CancellationToken cancellationToken);
}
