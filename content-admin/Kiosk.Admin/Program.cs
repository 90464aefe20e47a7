using Kiosk.Admin;
using Kiosk.Admin.Shared;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Services.AddAdmin(new Uri(new Uri(builder.HostEnvironment.BaseAddress), "/"));

var host = builder.Build();
await host.Services.GetRequiredService<Preferences>().LoadAsync();
await host.RunAsync();
