using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kiosk.Hub.Data;

/// <summary>Instants as Unix milliseconds: both providers order and index them alike.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
