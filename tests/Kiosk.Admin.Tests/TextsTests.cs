using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kiosk.Admin.Features.Schedules;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

public sealed partial class TextsTests
{
    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_places_for_values()
    {
        var (chinese, english) = (Read("Texts.resx"), Read("Texts.en.resx"));

        Assert.Empty(chinese.Keys.Except(english.Keys));
        Assert.Empty(english.Keys.Except(chinese.Keys));
        Assert.All(chinese, pair => Assert.Equal(Places(pair.Value), Places(english[pair.Key])));
        Assert.All(english.Concat(chinese), pair => Assert.NotEmpty(pair.Value));
    }

    [Fact]
    public void No_chinese_is_left_in_the_english_texts() =>
        Assert.DoesNotContain(Read("Texts.en.resx"), pair => pair.Value.Any(letter => letter is >= '\u4e00' and <= '\u9fff'));

    [Fact]
    public void Every_key_a_page_names_exists()
    {
        var known = Read("Texts.resx");
        var named = Directory.EnumerateFiles(Source(), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.True(named.Count > 300);
        Assert.Empty(named.Except(known.Keys));
    }

    [Fact]
    public void Every_enum_a_page_shows_has_words()
    {
        var texts = new Texts();
        Type[] shown =
        [
            typeof(Disclosure), typeof(Orientation), typeof(ClockState), typeof(OrgUnitKind), typeof(OperatorRole), typeof(MediaKind), typeof(ItemFit), typeof(Repeat), typeof(NoticeKind),
            typeof(NoticeUrgency), typeof(ReceiptState), typeof(AttendanceState), typeof(LeaveKind), typeof(ExitScan), typeof(GuestKind), typeof(MakeUpState), typeof(LeaveState), typeof(CheckInMethod), typeof(CheckInOutcome), typeof(PersonKind), typeof(PostingKind), typeof(CheckInClosing), typeof(JointState), typeof(MeetingCadence), typeof(MemberPost), typeof(MemberStatus), typeof(MinutesState), typeof(RosterKind), typeof(CheckInClosing), typeof(JointState), typeof(MeetingCadence), typeof(MemberPost), typeof(MemberStatus), typeof(MinutesState), typeof(RosterKind), typeof(SignInMethod), typeof(AlertKind), typeof(AlertChannel), typeof(AlertFormat), typeof(Kiosk.Contracts.Hosting.HostActionKind), typeof(Kiosk.Contracts.Hosting.HostActionOutcome),
        ];

        Assert.All(shown.SelectMany(type => Enum.GetNames(type).Select(name => $"{type.Name}.{name}")), key => Assert.NotNull(texts.Find(key)));
        Assert.All(Enum.GetNames<CheckInOutcome>(), name => Assert.NotNull(texts.Find($"outcome.{name}")));
        Assert.All(Enum.GetNames<ExitScan>(), name => Assert.NotNull(texts.Find($"rules.exit_{name}")));
        Assert.All(Enum.GetNames<NoticeKind>(), name => Assert.NotNull(texts.Find($"notice.help_{name}")));
        Assert.All(Enum.GetNames<OperatorRole>(), name => Assert.NotNull(texts.Find($"operator.help_{name}")));
        Assert.All(Enum.GetNames<Disclosure>(), name => Assert.NotNull(texts.Find($"disclosure.help_{name}")));
        Assert.All(["takeover", "meeting", "schedule", "default", "splash"], name => Assert.NotNull(texts.Find($"rule.{name}")));
        Assert.All(["display", "room", "group", "tag", "org"], name => Assert.NotNull(texts.Find($"target.kind_{name}")));
    }

    [Fact]
    public void Switching_the_language_changes_texts_and_dates_at_once()
    {
        using var context = new AdminContext();
        var changed = 0;
        context.Texts.Changed += () => changed++;

        Assert.Equal("今天", context.Texts["nav.today"]);
        context.Texts.Use(Texts.English);

        Assert.Equal(1, changed);
        Assert.Equal("Today", context.Texts["nav.today"]);
        Assert.Equal("en", context.Texts.Culture.Name);
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Source(), "Shared", file)).Root!.Elements("data").ToDictionary(each => each.Attribute("name")!.Value, each => each.Element("value")!.Value);

    private static string Places(string text) => string.Concat(Place().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order());

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../content-admin/Kiosk.Admin"));

    [GeneratedRegex("""\{(\d)[:}]""")]
    private static partial Regex Place();

    [GeneratedRegex("""\b(?:T|texts)\["([A-Za-z]\w*\.\w+)"[\],]""")]
    private static partial Regex Key();
}
