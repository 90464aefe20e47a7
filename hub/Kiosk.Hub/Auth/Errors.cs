using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Auth;

internal static class AuthErrors
{
    public static Unauthenticated SignInFailed() => new("sign_in_failed", AuthText.Get("sign_in_failed"));

    public static Denied LockedOut(TimeSpan left) => new("locked_out", AuthText.Get("locked_out", Math.Max(1, (int)Math.Ceiling(left.TotalMinutes))));

    public static Unauthenticated CodeRequired() => new("code_required", AuthText.Get("code_required"));

    public static Unauthenticated CodeWrong() => new("code_wrong", AuthText.Get("code_wrong"));

    // In a form of somebody signed in, 401 would mean that the session is over.
    public static InvalidInput PasswordWrongField() => AtField("password_wrong", "password");

    public static InvalidInput CodeWrongField() => AtField("code_wrong", "code");

    public static Conflict TwoStepOn() => new("two_step_on", AuthText.Get("two_step_on"));

    public static Conflict TwoStepOff() => new("two_step_off", AuthText.Get("two_step_off"));

    public static Conflict TwoStepNotStarted() => new("two_step_not_started", AuthText.Get("two_step_not_started"));

    public static Conflict OwnTwoStep() => new("own_two_step", AuthText.Get("own_two_step"));

    public static Conflict UserNameTaken() => new("user_name_taken", AuthText.Get("user_name_taken"));

    public static Conflict LastAdmin() => new("last_admin", AuthText.Get("last_admin"));

    public static Gone LinkInvalid() => new("link_invalid", AuthText.Get("link_invalid"));

    public static Unauthenticated PasskeyRefused() => new("passkey_refused", AuthText.Get("passkey_refused"));

    public static Unauthenticated PasskeyExpired() => new("passkey_expired", AuthText.Get("passkey_expired"));

    public static Unauthenticated PasskeyCopied() => new("passkey_copied", AuthText.Get("passkey_copied"));

    public static Unauthenticated PasskeyOfAnother() => new("passkey_of_another", AuthText.Get("passkey_of_another"));

    public static Conflict PasskeyKnown() => new("passkey_known", AuthText.Get("passkey_known"));

    public static Conflict PasskeysFull() => new("passkeys_full", AuthText.Get("passkeys_full", Passkeys.OperatorPasskey.Most));

    public static Denied StrongRequired() => new("strong_sign_in_required", AuthText.Get("strong_sign_in_required"));

    public static NotFound OrganisationOff() => new("organisation_off", AuthText.Get("organisation_off"));

    public static Unavailable OrganisationUnreachable() => new("organisation_unreachable", AuthText.Get("organisation_unreachable"));

    public static Denied OrganisationUnknown() => new("organisation_unknown", AuthText.Get("organisation_unknown"));

    public static Denied OrganisationTooWeak() => new("organisation_too_weak", AuthText.Get("organisation_too_weak"));

    public static Denied OrganisationNotFresh() => new("organisation_not_fresh", AuthText.Get("organisation_not_fresh"));

    public static InvalidInput OrganisationStateLost() => new("organisation_state_lost", AuthText.Get("organisation_state_lost"));

    public static InvalidInput OrganisationCancelled() => new("organisation_cancelled", AuthText.Get("organisation_cancelled"));

    public static InvalidInput OrganisationFailed() => new("organisation_failed", AuthText.Get("organisation_failed"));

    public static Conflict OrganisationNameTaken() => new("organisation_name_taken", AuthText.Get("organisation_name_taken"));

    public static Denied ProofRequired() => new("proof_required", AuthText.Get("proof_required"));

    /// <summary>The same for somebody signed in, for whom 401 would mean that the session is over.</summary>
    public static Error InForm(Error error) => error is Unauthenticated ? new InvalidInput(error.Code, error.Message) : error;

    private static InvalidInput AtField(string code, string field) => new(code, AuthText.Get(code), new Dictionary<string, string[]> { [field] = [AuthText.Get(code)] });
}
