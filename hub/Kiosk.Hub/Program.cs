using Kiosk.Hub;

return await HubProgram.RunAsync(args);
