using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kiosk.Hub.Data;

/// <summary>Wall-clock times as text: they belong to no zone, which PostgreSQL's timestamps and .NET's kinds would both give them, and no provider may shift them.</summary>
internal sealed class LocalTimeConverter() : ValueConverter<DateTime, string>(
    local => local.ToString(Format, CultureInfo.InvariantCulture),
    text => DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture))
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss";

    public static LocalTimeConverter Instance { get; } = new();
}
