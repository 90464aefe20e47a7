using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kiosk.Testing;

/// <summary>
/// Ends the rate limiters of a hub that has stopped. The framework's middleware never does: its limiter's timer goes on every tenth of a second and
/// keeps the whole hub in memory, which is nothing for a hub that ends with its process, and slows down a process that starts a thousand.
/// </summary>
internal sealed class LimiterEnd : IStartupFilter
{
    private RequestDelegate? _pipeline;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(inner => _pipeline = inner);
        next(app);
    };

    /// <summary>Nothing hands the middleware out: it is looked for from one middleware to the next.</summary>
    public void End()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([_pipeline?.Target]);
        while (open.TryPop(out var holder))
        {
            if (holder is null || !seen.Add(holder))
            {
                continue;
            }

            foreach (var field in FieldsOf(holder))
            {
                switch (field.GetValue(holder))
                {
                    case PartitionedRateLimiter<HttpContext> limiter:
                        limiter.Dispose();
                        break;
                    case RequestDelegate following:
                        open.Push(following.Target);
                        break;
                    case { } other when other.GetType().IsDefined(typeof(CompilerGeneratedAttribute)) || FieldsOf(other).Any(held => held.FieldType == typeof(RequestDelegate)):
                        open.Push(other);
                        break;
                }
            }
        }

        _pipeline = null;
    }

    private static IEnumerable<FieldInfo> FieldsOf(object holder)
    {
        for (var type = holder.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
