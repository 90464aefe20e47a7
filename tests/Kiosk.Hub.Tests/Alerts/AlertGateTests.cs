using System.Collections.Concurrent;
using System.Diagnostics;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Alerts;

/// <summary>What is thought over about thousands of displays holds up nobody who writes.</summary>
public sealed class AlertGateTests(ITestOutputHelper output)
{
    private static readonly string[] Thought = ["FROM \"Alerts\"", "FROM \"AlertRules\"", "FROM \"AlertRecipients\"", "FROM \"OrgUnits\""];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 2, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Inside_a_write_alerts_are_only_written()
    {
        await using var mail = new SmtpServer();
        await using var hub = await HubApplication.StartAsync(_time, settings: mail.Settings());
        await hub.AddDisplaysAsync(700);
        using var admin = await hub.SignInAsync();
        await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId));
        using var watched = new ReadsInWrites(hub.DataFolder);
        for (var half = 0; half < 34; half++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await hub.LookAtAlertsAsync();
        }

        var open = await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true");
        Assert.Equal(700, open.Total);
        Assert.All(open.Items, alert => Assert.NotNull(alert.ToldAt));
        Assert.NotEmpty(watched.All);
        Assert.DoesNotContain(watched.InWrites, text => Thought.Any(from => text.Contains(from, StringComparison.Ordinal)));
    }

    /// <summary>Ten thousand displays vanish; meanwhile somebody writes as fast as they can. By hand: it measures.</summary>
    [Fact(Explicit = true)]
    public async Task Ten_thousand_displays_that_vanish_do_not_hold_up_who_writes()
    {
        await using var mail = new SmtpServer();
        await using var hub = await HubApplication.StartAsync(_time, settings: mail.Settings());
        var displays = await hub.AddDisplaysAsync(10_000);
        using var admin = await hub.SignInAsync();
        await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId));
        var (longest, looks) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var half = 0; half < 34; half++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            var started = Stopwatch.GetTimestamp();
            var look = hub.LookAtAlertsAsync();
            do
            {
                var asked = Stopwatch.GetTimestamp();
                await admin.PutAsync<DisplayCommandView>($"/api/displays/{displays[0].Id}/volume", new VolumeInput(half));
                longest = Stopwatch.GetElapsedTime(asked) is var took && took > longest ? took : longest;
            }
            while (!look.IsCompleted);
            await look;
            looks = Stopwatch.GetElapsedTime(started) is var lasted && lasted > looks ? lasted : looks;
        }

        Assert.Equal(10_000, (await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true")).Total);
        output.WriteLine($"longest look {looks.TotalMilliseconds:0} ms, longest write beside it {longest.TotalMilliseconds:0} ms");
    }

    private static AlertRecipientInput Recipient(Guid unit) =>
        new(unit, null, "值班室", AlertChannel.Mail, "duty@example.org", AlertFormat.Generic, null, "zh-CN", null, null, [], true);

    /// <summary>The queries of one hub, told apart by whether they ran inside a transaction.</summary>
    private sealed class ReadsInWrites : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];
        private readonly string _folder;

        public ReadsInWrites(string folder)
        {
            _folder = folder;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public ConcurrentBag<string> All { get; } = [];

        public ConcurrentBag<string> InWrites { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData { Command: var command } && command.Connection?.DataSource.StartsWith(_folder, StringComparison.Ordinal) == true
                && command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            {
                All.Add(command.CommandText);
                if (command.Transaction is not null)
                {
                    InWrites.Add(command.CommandText);
                }
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Dispose();
            }
        }

        private const string DbLoggerCategory = "Microsoft.EntityFrameworkCore";
    }
}
