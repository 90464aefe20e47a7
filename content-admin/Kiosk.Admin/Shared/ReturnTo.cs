namespace Kiosk.Admin.Shared;

/// <summary>The page of the hub somebody wanted when they were asked to sign in; only pages to print are come back to, nothing foreign.</summary>
internal static class ReturnTo
{
    public static string? Of(string address)
    {
        var query = new Uri(address).Query.TrimStart('?').Split('&');
        var wanted = query.Where(part => part.StartsWith("return=", StringComparison.Ordinal)).Select(part => Uri.UnescapeDataString(part["return=".Length..])).FirstOrDefault();
        return wanted?.StartsWith("/print/", StringComparison.Ordinal) == true && !wanted.Contains("..", StringComparison.Ordinal) ? wanted : null;
    }
}
