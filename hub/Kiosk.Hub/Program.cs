using Kiosk.Hub;
using Kiosk.Hub.Backup;

return await (BackupCommand.Handles(args) ? BackupCommand.RunAsync(args) : HubProgram.RunAsync(args));
