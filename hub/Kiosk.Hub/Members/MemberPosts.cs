using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Members;

/// <summary>职务 as one number, so that both databases can ask for any of several.</summary>
internal static class MemberPosts
{
    public static int Pack(IEnumerable<MemberPost>? posts) => (posts ?? []).Aggregate(0, (bits, post) => bits | (1 << (int)post));

    public static IReadOnlyList<MemberPost> Unpack(int bits) => [.. Enum.GetValues<MemberPost>().Where(post => (bits & (1 << (int)post)) != 0)];
}
