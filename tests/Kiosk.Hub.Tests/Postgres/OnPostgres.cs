using Kiosk.Hub.Tests.Auth;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Hub.Tests.Devices;
using Kiosk.Hub.Tests.Displays;
using Kiosk.Hub.Tests.Hosting;
using Kiosk.Hub.Tests.MakeUps;
using Kiosk.Hub.Tests.Media;
using Kiosk.Hub.Tests.Meetings;
using Kiosk.Hub.Tests.Members;
using Kiosk.Hub.Tests.Notices;
using Kiosk.Hub.Tests.Phone;
using Kiosk.Hub.Tests.Playlists;
using Kiosk.Hub.Tests.Plays;
using Kiosk.Hub.Tests.Points;
using Kiosk.Hub.Tests.Schedules;

namespace Kiosk.Hub.Tests.Postgres;

// The representative set once more, on a real PostgreSQL.

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class DeliveryTestsOnPostgres : DeliveryTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class OutcomeTestsOnPostgres : OutcomeTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class ConcurrencyTestsOnPostgres : ConcurrencyTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class LedgerTestsOnPostgres : LedgerTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PairingTestsOnPostgres : PairingTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class NoticeTestsOnPostgres : NoticeTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class MediaIngestTestsOnPostgres(ContentHub content) : MediaIngestTests(content);

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class MeetingTestsOnPostgres : MeetingTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class ScheduleTestsOnPostgres(ContentHub content) : ScheduleTests(content);

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PlaylistTestsOnPostgres(ContentHub content) : PlaylistTests(content);

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class MemberTestsOnPostgres : MemberTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PhoneTestsOnPostgres : PhoneTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class SignInTestsOnPostgres : SignInTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class StandbyRosterTestsOnPostgres : StandbyRosterTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class ExitTestsOnPostgres : ExitTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class BetweenScanAndUploadTestsOnPostgres : BetweenScanAndUploadTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class MakeUpTestsOnPostgres : MakeUpTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class SeenElsewhereTestsOnPostgres : SeenElsewhereTests;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PlaysTestsOnPostgres : PlaysTests;
