using System.Diagnostics;

namespace Kiosk.Player.Browser;

/// <summary>How one of the renderers is started.</summary>
internal interface IRendererLaunch
{
    /// <summary>Stands in the command line of every process of it and of nobody else's.</summary>
    string Mark { get; }

    /// <summary>Its own folder; null when it has none.</summary>
    string? Profile { get; }

    /// <summary>Shows its own empty window before its first picture.</summary>
    bool ComesUpBlank { get; }

    /// <summary>It brings its cookie to every port of a name.</summary>
    bool IsBrowser { get; }

    /// <param name="entry">Address of the stage with its one-time key.</param>
    ProcessStartInfo Start(string entry);

    /// <summary>What was started last has ended.</summary>
    void Ended();

    /// <summary>False when what was started last does not answer within the time, although its page may go on; true where that cannot be asked.</summary>
    Task<bool> AnswersAsync(TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>Name and version of the renderer; null when it does not say.</summary>
    Task<string?> VersionAsync(CancellationToken cancellationToken);
}
