namespace Kiosk.Testing.Model;

/// <summary>Finds the serial orders that explain what several clients were told at once.</summary>
internal static class Orders
{
    /// <summary>The model after each of them; none when there is no such order.</summary>
    /// <param name="works">By client, each in its own order.</param>
    public static IReadOnlyList<EveningModel> Of(EveningModel before, IReadOnlyList<IReadOnlyList<Deed>> works)
    {
        var found = new Dictionary<string, EveningModel>();
        var seen = new HashSet<string>();
        Search(before, new int[works.Count]);
        return [.. found.Values];

        void Search(EveningModel model, int[] done)
        {
            if (!seen.Add($"{string.Join(",", done)}\n{model.Key()}"))
            {
                return;
            }

            if (done.Zip(works).All(pair => pair.First == pair.Second.Count))
            {
                found.TryAdd(model.Key(), model);
                return;
            }

            for (var client = 0; client < works.Count; client++)
            {
                if (done[client] == works[client].Count)
                {
                    continue;
                }

                var copy = model.Copy();
                if (works[client][done[client]] is var deed && deed.Expect(copy) == deed.Said)
                {
                    var further = (int[])done.Clone();
                    further[client]++;
                    Search(copy, further);
                }
            }
        }
    }
}
