using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Demo;

/// <summary>
/// Fills an empty hub when it is started with <c>--Hub:Demo=true</c>. The administrator's password is made here and printed once.
/// <c>--Hub:DemoPairing=FILE</c> names the identity file of the player on this machine: who can read that private file may as well
/// pair it, so its pairing is claimed without typing the code.
/// </summary>
internal sealed partial class DemoStart(
    IServiceProvider services, HubWriter writer, IDbContextFactory<HubDbContext> contexts, HubOptions options, HubFolders folders, MediaTools tools,
    IConfiguration configuration, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<DemoStart> log)
{
    private const string UserName = "admin";
    private static readonly TimeSpan PairingPatience = TimeSpan.FromMinutes(10);

    /// <summary>Makes the administrator and prints the password; the content follows in the background. Does nothing on a hub that has operators.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Demo)
        {
            return;
        }

        // Without signs that look alike.
        var password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 14);
        var hash = OperatorAccounts.HashPassword(services.GetRequiredService<IPasswordHasher<OperatorAccount>>(), password);
        var now = clock.GetUtcNow();
        using var words = new Language(options.Language);
        var made = await writer.WriteAsync<Guid?>(
            async (db, token) =>
            {
                if (await db.Users.AnyAsync(token) || await db.Set<OrgUnit>().AnyAsync(token))
                {
                    return Guid.Empty;
                }

                var root = OrgUnitTree.AddRoot(db, DemoText.Get("root"), OrgUnitKind.Committee, now);
                var admin = await OperatorAccounts.CreateAsync(db, UserName, DemoText.Get("admin"), hash, OperatorRole.Admin, root.Id, now, token);
                return admin.IsOk ? root.Id : admin.Error;
            },
            cancellationToken);
        if (made.Value is not { } rootId || rootId == Guid.Empty)
        {
            return;
        }

        // Said once: it must not drown among log lines.
        var line = new string('=', 64);
        Console.WriteLine($"\n{line}\n{DemoText.Get("console", UserName, password).Trim()}\n{line}\n");
        _ = Task.Run(() => FillAsync(rootId, password, lifetime.ApplicationStopping), CancellationToken.None);
    }

    private async Task FillAsync(Guid root, string password, CancellationToken cancellationToken)
    {
        var work = Directory.CreateDirectory(Path.Combine(folders.Temp, "demo")).FullName;
        using var words = new Language(options.Language);
        try
        {
            using var client = await DemoClient.SignInAsync(LocalAddress(), UserName, password, cancellationToken);
            try
            {
                var content = new DemoContent(client, tools, clock, options.Language);
                var pairing = Task.CompletedTask;
                await content.FillAsync(root, (unit, room) => pairing = PairAsync(client, content.LocalDisplay(unit, room), cancellationToken), work, cancellationToken);
                LogFilled();
                await pairing;
            }
            finally
            {
                await client.SignOutAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The hub is being stopped.
        }
        catch (Exception exception)
        {
            LogFault(exception);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task PairAsync(DemoClient client, DisplayInput display, CancellationToken cancellationToken)
    {
        if (configuration["Hub:DemoPairing"] is not { Length: > 0 } file)
        {
            return;
        }

        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < PairingPatience)
        {
            if (await CodeAsync(file, cancellationToken) is { } code)
            {
                await client.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(code, null, display), cancellationToken);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }

    // The code that belongs to the token in the player's file.
    private async Task<string?> CodeAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            using var identity = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            if (!identity.RootElement.TryGetProperty("token", out var token) || token.GetString() is not { } secret)
            {
                return null;
            }

            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.Set<Pairing>().Where(pairing => pairing.TokenSha256 == hash && pairing.DisplayId == null).Select(pairing => pairing.Code).FirstOrDefaultAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Uri LocalAddress()
    {
        var listening = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Uri(listening.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("*", "127.0.0.1", StringComparison.Ordinal));
    }

    [LoggerMessage(5301, LogLevel.Information, "The demo content is complete.")]
    private partial void LogFilled();

    [LoggerMessage(5302, LogLevel.Error, "The demo content is incomplete.")]
    private partial void LogFault(Exception exception);

    // The culture flows with the asynchronous work that starts here and ends with it.
    private sealed class Language : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

        public Language(string language) => CultureInfo.CurrentUICulture = new CultureInfo(language is "en" ? "en" : "zh-CN");

        public void Dispose() => CultureInfo.CurrentUICulture = _before;
    }
}
