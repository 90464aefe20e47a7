namespace Kiosk.Hub.Data;

/// <summary>Carries "something changed" from a commit to whoever shows it (admin pages). Must not block.</summary>
internal interface IChangeSignals
{
    void Changed(string topic, Guid? id);
}
