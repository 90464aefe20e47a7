namespace Kiosk.Hub.Shared;

/// <summary>Refusals that more than one slice gives.</summary>
internal static class SharedErrors
{
    public static NotFound NotFound() => new("not_found", SharedText.Get("not_found"));

    public static Denied NotYourUnit() => new("not_your_unit", SharedText.Get("not_your_unit"));

    /// <summary>Wherever it is tried: the operator has no role that allows it.</summary>
    public static Denied RoleMissing() => new("role_missing", SharedText.Get("role_missing"));

    public static Conflict RevisionChanged(string code = "revision_changed") => new(code, SharedText.Get("revision_changed"));
}
