namespace Kiosk.Hub.Printing;

public sealed record PrintedCard(string Name, string Branch, string Number, string QrSvg);

public sealed record PrintedSheet(
    string Title, string TypeName, string UnitName, string RoomName, string When, string HostName, string Totals, bool Closed, IReadOnlyList<PrintedRow> Rows, string PrintedAt);

public sealed record PrintedRow(int Position, string Number, string Name, bool Votes, string State, string Time);
