using Kiosk.Hub;
using Kiosk.Hub.Backup;

return await (BackupCommand.Handles(args) ? BackupCommand.RunAsync(args) : StartUp.AsksForHelp(args) ? StartUp.HelpAsync() : HubProgram.RunAsync(args));
