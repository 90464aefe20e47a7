namespace Kiosk.Hub;

/// <summary>Settings of section <c>Hub</c> (settings file, <c>Hub__X</c> environment variable or <c>--Hub:X=</c> argument).</summary>
internal sealed class HubOptions
{
    public const string Section = "Hub";

    /// <exception cref="TimeZoneNotFoundException">The zone set is unknown.</exception>
    public static HubOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<HubOptions>() ?? new HubOptions();
        return NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.TimeZone) is null ? throw new TimeZoneNotFoundException(options.TimeZone) : options;
    }

    /// <summary>Folder of database, media and keys; created when missing.</summary>
    public string DataFolder { get; set; } = ".data";

    /// <summary>Address members' phones and kiosks reach the hub at, e.g. <c>https://hub.example.org</c>; null = the first address it listens on.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Name shown to people.</summary>
    public string Name { get; set; } = "Kiosk";

    /// <summary>PostgreSQL connection string; null = embedded SQLite.</summary>
    public string? Postgres { get; set; }

    /// <summary>Fill an empty data folder with demo content.</summary>
    public bool Demo { get; set; }

    /// <summary>Language of console output and demo content: "zh-CN" or "en".</summary>
    public string Language { get; set; } = "zh-CN";

    /// <summary>IANA id of the organisation's zone: times without a place of their own are told in it.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Addresses and networks (<c>10.0.0.5</c>, <c>172.16.0.0/12</c>) of reverse proxies whose word on who calls, and how, is taken; none: nobody's.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>The organisation's own identity provider.</summary>
    public Auth.Organisation.OrganisationOptions Organisation { get; set; } = new();

    public Auth.SignInOptions SignIn { get; set; } = new();

    public Alerts.AlertOptions Alerts { get; set; } = new();

    public Backup.BackupOptions Backup { get; set; } = new();

    /// <summary>Largest upload in bytes; default 8 GiB.</summary>
    public long MaxUploadBytes { get; set; } = 8L << 30;
}
