var b = WebApplication.CreateBuilder(args); await using var a = b.Build(); await a.RunAsync();
