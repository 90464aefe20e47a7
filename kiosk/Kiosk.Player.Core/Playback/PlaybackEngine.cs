using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Playback;

/// <summary>
/// Decides what is on screen and what comes next. It plays ahead: the stage moves on to Next by itself and says so.
/// Invariant: Current is set exactly when the program has an item. Not thread-safe; its owner serialises calls.
/// Times are of a steady clock, so that a correction of the wall clock neither skips nor holds an item.
/// </summary>
/// <param name="newId">Makes play ids.</param>
internal sealed class PlaybackEngine(Func<Guid> newId)
{
    /// <summary>An item that is this much over its time is taken for hung.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromSeconds(5);

    /// <summary>Time a renderer has to bring the first frame.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    /// <summary>After so long without a first frame of a page or stream something surer is shown first; a renderer holds its last picture a little longer.</summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromSeconds(4);

    /// <summary>A file is here, and comes also where a machine is slow.</summary>
    public static readonly TimeSpan DoubtOfFile = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LongestUnknown = TimeSpan.FromHours(6);

    private readonly Dictionary<Guid, Guid> lastShown = [];
    private readonly HashSet<Guid> seen = [];
    private readonly HashSet<Guid> doubted = [];
    private Guid? again;
    private PlayProgram program = PlayProgram.Splash;
    private Play? current;
    private Play? next;
    private (Guid PlaylistId, Play Play)? coming;
    private DateTimeOffset deadline = DateTimeOffset.MaxValue;
    private DateTimeOffset doubtAt = DateTimeOffset.MaxValue;
    private bool started;

    public PlaybackView View => new(current?.Stage, next?.Stage, program.Rule, current?.Stage.Title ?? program.Title, coming?.Play.Stage);

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public DateTimeOffset Deadline => current is null ? DateTimeOffset.MaxValue : !started && doubtAt < deadline ? doubtAt : deadline;

    /// <summary>The playlist that plays; empty when none does.</summary>
    public Guid PlaylistId => program.PlaylistId;

    public Guid? CurrentMediaId => current?.Program.Item.MediaId;

    /// <summary>Takes the program of the moment. What still belongs to it plays on; what does not is cut at once.</summary>
    public void SetProgram(PlayProgram now, DateTimeOffset at)
    {
        var same = now.PlaylistId == program.PlaylistId;
        program = now;
        if (now.Items.Count == 0)
        {
            (current, next) = (null, null);
            return;
        }

        if (!same || current is null || !now.Items.Any(i => i.SameShowing(current.Program)))
        {
            var upNext = same && next is not null ? now.Items.FirstOrDefault(i => i.SameShowing(next.Program)) : null;
            Show(upNext is not null ? next! : Foreseen(now) ?? NewPlay(ResumeAt(now, same)), at);
        }

        ChooseNext();
    }

    /// <summary>
    /// Names what plays after a change that is near, so that the renderer can prepare it; null when none is. The play offered here
    /// is the very one <see cref="SetProgram"/> then shows. What plays already is offered again: it is hidden and will be shown anew.
    /// </summary>
    public void Foresee(PlayProgram? soon)
    {
        if (soon is null || soon.Items.Count == 0)
        {
            coming = null;
        }
        else if (soon.PlaylistId == program.PlaylistId)
        {
            coming = current is null ? null : (soon.PlaylistId, current);
        }
        else if (coming is not { } held || held.PlaylistId != soon.PlaylistId || !soon.Items.Any(i => i.SameShowing(held.Play.Program)))
        {
            var index = ResumeAt(soon, same: false);
            coming = (soon.PlaylistId, new Play(soon.Items[index], soon.Items[index].ToStage(newId()), index));
        }
    }

    /// <summary>The first frame of a play is on screen. Returns the play that has just begun, or null when that is no news.</summary>
    public ProgramItem? Started(Guid playId, DateTimeOffset at)
    {
        if (playId == next?.Stage.PlayId)
        {
            Show(next, at);
            ChooseNext();
        }
        else if (playId != current?.Stage.PlayId || started)
        {
            return null;
        }

        started = true;
        seen.Add(current!.Program.Item.Id);
        doubted.Remove(current.Program.Item.Id);
        deadline = at + (current.Program.Length ?? LongestUnknown) + Overdue;
        return current.Program;
    }

    /// <summary>What a play is of, while it is the current one.</summary>
    public ProgramItem? Playing(Guid playId) => playId == current?.Stage.PlayId ? current.Program : null;

    /// <summary>A play is over; the stage is already on its way to the next.</summary>
    public void Ended(Guid playId, DateTimeOffset at)
    {
        if (playId == current?.Stage.PlayId)
        {
            Advance(at);
        }
    }

    /// <summary>A play could not be shown. Returns what it was, for the report; the caller sets a program without it if it wants it left out.</summary>
    public ProgramItem? Failed(Guid playId, DateTimeOffset at)
    {
        var failed = playId == current?.Stage.PlayId ? current : playId == next?.Stage.PlayId ? next : playId == coming?.Play.Stage.PlayId ? coming?.Play : null;
        if (failed is not null && failed == coming?.Play)
        {
            coming = null;
        }

        if (failed is not null && failed == current)
        {
            Advance(at);
        }
        else if (failed is not null && failed == next)
        {
            next = null; // a prepared play that failed must not be offered again under the same id
            ChooseNext();
        }

        return failed?.Program;
    }

    /// <summary>A renderer came up anew and must start the current item again.</summary>
    public void Restarted(DateTimeOffset at)
    {
        if (current is not null)
        {
            Show(current, at);
        }
    }

    /// <summary>
    /// Moves on from an item that is over its time. One that does not come up gives way to something surer, and is made ready behind that; when it
    /// then does not come again, or has had all its time, it is returned: it counts as failed.
    /// </summary>
    /// <param name="rendererAlive">Without a living renderer nothing can start, and nothing is blamed.</param>
    public ProgramItem? Tick(DateTimeOffset at, bool rendererAlive)
    {
        if (current is null || at < Deadline)
        {
            return null;
        }

        if (!rendererAlive)
        {
            (deadline, doubtAt) = (at + StartLimit, at + Patience(current));
            return null;
        }

        if (at >= deadline)
        {
            var stuck = started ? null : current.Program;
            Advance(at);
            return stuck;
        }

        doubtAt = DateTimeOffset.MaxValue;
        if (SurerThanCurrent() is not { } surer)
        {
            return null;
        }

        var doubtful = current.Program;
        var isBlamed = !doubted.Add(doubtful.Item.Id);
        Show(NewPlay(surer), at);
        again = isBlamed ? null : doubtful.Item.Id;
        ChooseNext();
        return isBlamed ? doubtful : null;
    }

    private Play? Foreseen(PlayProgram now) =>
        coming is { } held && held.PlaylistId == now.PlaylistId && now.Items.Any(i => i.SameShowing(held.Play.Program)) ? held.Play : null;

    private void Advance(DateTimeOffset at)
    {
        Show(next ?? NewPlay(UpNext()), at);
        ChooseNext();
    }

    private void Show(Play play, DateTimeOffset at)
    {
        current = play;
        again = again == play.Program.Item.Id ? null : again;
        next = next == play ? null : next;
        coming = coming?.Play == play ? null : coming;
        started = false;
        (deadline, doubtAt) = (at + StartLimit, at + Patience(play));
        lastShown[program.PlaylistId] = play.Program.Item.Id;
    }

    /// <summary>Keeps the prepared next when it is still the one that follows.</summary>
    private void ChooseNext()
    {
        var following = UpNext();
        if (next is null || !next.Program.SameShowing(program.Items[following]))
        {
            next = NewPlay(following);
        }
    }

    private static TimeSpan Patience(Play play) => play.Program.Variant is null ? Doubt : DoubtOfFile;

    /// <summary>The first of those that follow which is surer to come up than the current one; null when none is.</summary>
    private int? SurerThanCurrent()
    {
        // That it was seen before says nothing for what does not come now.
        var (from, least) = (AfterCurrent(), Sureness(current!.Program.Item, seen: false));
        for (var step = 0; step < program.Items.Count; step++)
        {
            var index = (from + step) % program.Items.Count;
            if (program.Items[index].Item is var item && item.Id != current.Program.Item.Id && Sureness(item, seen.Contains(item.Id)) > least)
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>How sure it is to come up: files that have been seen, pictures, clips, pages and streams that have been seen, those that have not.</summary>
    private static int Sureness(PlaylistItem item, bool seen) => item.Kind switch
    {
        PlaylistItemKind.WebPage or PlaylistItemKind.Stream => seen ? 1 : 0,
        _ when seen => 4,
        PlaylistItemKind.Video => 2,
        _ => 3,
    };

    /// <summary>What was doubted has its turn behind what was shown for it; else what follows the current one.</summary>
    private int UpNext() => again is { } doubtful && IndexOf(doubtful) is var index and >= 0 ? index : AfterCurrent();

    private int AfterCurrent() => (IndexOf(current!) is var at and >= 0 ? at + 1 : current!.Index) % program.Items.Count;

    /// <summary>A playlist goes on after the item it was left at; in a changed one, where the lost item was.</summary>
    private int ResumeAt(PlayProgram now, bool same)
    {
        if (same && current is not null)
        {
            return current.Index % now.Items.Count;
        }

        return lastShown.TryGetValue(now.PlaylistId, out var last) ? (IndexOf(last) + 1) % now.Items.Count : 0;
    }

    /// <summary>Where a play stands in the program; -1 when it is no longer in it. The same item may stand in a playlist twice.</summary>
    private int IndexOf(Play play) =>
        play.Index < program.Items.Count && program.Items[play.Index].Item.Id == play.Program.Item.Id ? play.Index : IndexOf(play.Program.Item.Id);

    private int IndexOf(Guid itemId)
    {
        for (var i = 0; i < program.Items.Count; i++)
        {
            if (program.Items[i].Item.Id == itemId)
            {
                return i;
            }
        }

        return -1;
    }

    private Play NewPlay(int index)
    {
        var item = program.Items[index];
        return new Play(item, item.ToStage(newId()), index);
    }

    private sealed record Play(ProgramItem Program, StageItem Stage, int Index);
}
