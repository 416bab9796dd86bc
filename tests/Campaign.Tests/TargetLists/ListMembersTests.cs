using Campaign.Modules.TargetLists;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class ListMembersTests
{
    [Fact]
    public void Members_come_back_as_they_were_written_targets_first()
    {
        ListedCustomer Customer(string id, int priority) => new(id, priority + 10, 0.1 + 0.2, 'A', ListConfidence.Medium, priority)
        {
            Segment = "Savers, \"old\"",
            Wave = priority == 1 ? "Week 1" : null,
            BestChannel = priority == 1 ? ContactChannels.Email : ContactChannels.None,
        };
        var selection = new TargetListSelection([Customer("007", 1), Customer("=1+1\n;", 2)], [Customer("é,", 1)], [], new([], 2, 1, 0));
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, ListMembers.FileName);
        using (var file = File.Create(path))
        {
            ListMembers.Write(file, selection);
        }

        var members = ListMembers.Read(path).ToList();

        Assert.Equal(["007", "=1+1\n;", "é,"], members.Select(member => member.CustomerId));
        Assert.Equal([ListGroup.Target, ListGroup.Target, ListGroup.Control], members.Select(member => member.Group));
        Assert.Equal(
            new ListMember("007", 11, ListGroup.Target, 0.1 + 0.2, 'A', ListConfidence.Medium, "Savers, \"old\"", "Week 1", null, ContactChannels.Email, 1), members[0]);
        Assert.Null(members[1].Channel);
        Assert.Equal(2, members[1].Priority);
    }
}
