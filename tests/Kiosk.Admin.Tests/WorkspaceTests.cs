using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

public sealed class WorkspaceTests
{
    [Fact]
    public void Units_stand_below_the_one_they_belong_to_also_where_what_is_above_is_not_to_be_seen()
    {
        var (hidden, committee, sunny, river) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        OrgUnitNode Unit(Guid id, Guid? parent, string name, int depth) => new(id, parent, name, OrgUnitKind.Branch, depth, 50);
        var workspace = new Workspace();
        // As the hub sends them: by depth, then by name.
        workspace.Accept(
            new SessionInfo(true, Guid.Empty, "wang", "王敏", [], "token-1", "Kiosk", "Asia/Shanghai"),
            [
                Unit(committee, hidden, "街道党工委", 1), Unit(river, committee, "河东支部", 2), Unit(sunny, committee, "向阳支部", 2),
                Unit(Guid.NewGuid(), sunny, "第一小组", 3), Unit(Guid.NewGuid(), river, "河东小组", 3),
            ]);

        Assert.Equal(["街道党工委", "河东支部", "河东小组", "向阳支部", "第一小组"], workspace.OrgUnits.Select(unit => unit.Name));
        Assert.Equal(committee, workspace.OrgUnitId);
    }
}
