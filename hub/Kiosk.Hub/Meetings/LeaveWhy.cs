using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.Meetings;

/// <summary>Why somebody asks for leave. That it is for sickness tells as much as the reason does, so both lie encrypted under the member's id.</summary>
internal static class LeaveWhy
{
    /// <summary>The kind takes one digit whichever it is: the length tells nothing of it.</summary>
    public static byte[] Seal(PersonalData personal, Guid memberId, LeaveKind kind, string reason) =>
        personal.Encrypt(((int)kind).ToString(CultureInfo.InvariantCulture) + reason, memberId);

    public static (LeaveKind Kind, string Reason) Open(PersonalData personal, LeaveRequest request)
    {
        var text = personal.Decrypt(request.Why, request.MemberId);
        return ((LeaveKind)(text[0] - '0'), text[1..]);
    }
}
