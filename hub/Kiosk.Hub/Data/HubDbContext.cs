using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Auth.Passkeys;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Data;

/// <summary>Everything the hub stores. Entities and their configuration live in their slices and are found by assembly scan.</summary>
internal abstract class HubDbContext(DbContextOptions options)
    : IdentityUserContext<OperatorAccount, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, OperatorPasskey>(options)
{
    private readonly List<Action<IServiceProvider>> _committed = [];

    /// <summary>See <see cref="RowLocks.TakeFeedTurnAsync"/>; for the one transaction this context lives for.</summary>
    internal bool HasFeedTurn { get; set; }

    /// <summary>Runs after the surrounding <see cref="HubWriter"/> transaction has committed, never when it rolls back.</summary>
    public void OnCommitted(Action<IServiceProvider> action) => _committed.Add(action);

    /// <summary>After the commit, hints to admin pages that something changed.</summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    public void SignalChanged(string topic, Guid? id = null) =>
        OnCommitted(services => services.GetRequiredService<IChangeSignals>().Changed(topic, id));

    internal IReadOnlyList<Action<IServiceProvider>> TakeCommitted()
    {
        var taken = _committed.ToArray();
        _committed.Clear();
        return taken;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(HubDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }
}
