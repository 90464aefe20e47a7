using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kiosk.Hub.Schedules;

/// <summary>Wall-clock times as text: they belong to no zone, and no provider may shift them.</summary>
internal sealed class LocalTimeConverter() : ValueConverter<DateTime, string>(
    local => local.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
    text => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
