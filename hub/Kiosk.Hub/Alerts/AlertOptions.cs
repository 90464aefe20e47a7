using System.Net;

namespace Kiosk.Hub.Alerts;

/// <summary>Section <c>Hub:Alerts</c>.</summary>
internal sealed class AlertOptions
{
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Hosts in the organisation's own network a webhook may call, also over http; all others are on the public network and https.</summary>
    public string[] PrivateHosts { get; set; } = [];
}

/// <summary>The organisation's mail server. Its password is only ever here, in no database.</summary>
internal sealed class SmtpOptions
{
    /// <summary>Null: no e-mail is sent.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c>, <c>tls</c>, or <c>none</c>, which is taken only for a server on this very machine.</summary>
    public string Security { get; set; } = "starttls";

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>A file that holds the password, so that it stands in no settings file and no list of processes.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Sender, e.g. <c>kiosk@example.org</c>.</summary>
    public string? From { get; set; }

    /// <summary>Hex SHA-256 of the server's certificate where no known authority signed it; null: one did.</summary>
    public string? CertificateSha256 { get; set; }

    /// <summary>A server that takes longer is given up and tried again.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    public bool IsLocal => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Key of the sentence that says why no e-mail can be sent; null: it can.</summary>
    public string? Problem =>
        string.IsNullOrWhiteSpace(Host) ? "mail_not_set"
        : string.IsNullOrWhiteSpace(From) ? "mail_from_missing"
        : Security is not ("starttls" or "tls" or "none") ? "mail_security_unknown"
        : Security == "none" && !IsLocal ? "mail_must_be_secure"
        : null;

    /// <exception cref="IOException">The file of the password cannot be read.</exception>
    public string? ReadPassword() => PasswordFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : Password;
}
