using Kiosk.Hub;
using Kiosk.Hub.Backup;

if (StartUp.AsksForHelp(args))
{
    return StartUp.Help();
}

return await (BackupCommand.Handles(args) ? BackupCommand.RunAsync(args) : HubProgram.RunAsync(args));
