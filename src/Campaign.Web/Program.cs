using Campaign.Web.CommandLine;

namespace Campaign.Web;

public partial class Program
{
    public static Task<int> Main(string[] args) => CampaignCommandLine.RunAsync(args);
}
