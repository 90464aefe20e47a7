using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Auth;

internal static class AuthErrors
{
    public static Unauthenticated SignInFailed() => new("sign_in_failed", AuthText.Get("sign_in_failed"));

    public static Denied LockedOut(TimeSpan left) => new("locked_out", AuthText.Get("locked_out", Math.Max(1, (int)Math.Ceiling(left.TotalMinutes))));

    public static Conflict UserNameTaken() => new("user_name_taken", AuthText.Get("user_name_taken"));

    public static Conflict LastAdmin() => new("last_admin", AuthText.Get("last_admin"));

    public static Gone LinkInvalid() => new("link_invalid", AuthText.Get("link_invalid"));
}
