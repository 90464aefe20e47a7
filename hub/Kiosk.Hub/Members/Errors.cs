using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Members;

internal static class MembersErrors
{
    public static NotFound MemberUnknown() => new("member_unknown", MembersText.Get("member_unknown"));

    public static InvalidInput GroupUnknown() => new("group_unknown", MembersText.Get("group_unknown"), new Dictionary<string, string[]> { ["groupUnitId"] = [MembersText.Get("group_unknown")] });

    public static Conflict NumberTaken(string number) => new("member_number_taken", MembersText.Get("member_number_taken", number));
}

internal static class MembersText
{
    private static readonly ResourceText Text = new(typeof(MembersText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
