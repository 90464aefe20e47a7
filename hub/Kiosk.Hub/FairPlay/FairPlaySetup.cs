using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.FairPlay;

internal static class FairPlaySetup
{
    public static IServiceCollection AddFairPlay(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection(FairPlayOptions.Section).Get<FairPlayOptions>() ?? new FairPlayOptions());
        return services.AddSingleton<TraceHashes>().AddSingleton<DisplayNetworks>().AddSingleton<SecondProofs>().AddSingleton<NumberTaps>();
    }

    public static void MapFairPlay(this IEndpointRouteBuilder api)
    {
        var meetings = api.MapGroup("/meetings").RequireOperator(OperatorRole.Host);
        meetings.MapGet("/{id:guid}/fair-play", ListFairPlay.HandleAsync);
        meetings.MapPost("/{id:guid}/fair-play/answers", AnswerFlag.HandleAsync);
        meetings.MapPut("/{id:guid}/second-proof", AskProof.EverybodyAsync);
        meetings.MapPost("/{id:guid}/second-proof/{memberId:guid}", AskProof.OneAsync);
        meetings.MapPost("/{id:guid}/second-proof/{memberId:guid}/confirm", AskProof.ConfirmAsync);
    }
}

internal static class FairPlayText
{
    private static readonly ResourceText Text = new(typeof(FairPlayText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}

internal static class FairPlayErrors
{
    public static NotFound FlagGone() => new("flag_gone", FairPlayText.Get("flag_gone"));

    public static NotFound ProofUnknown() => new("proof_unknown", FairPlayText.Get("proof_unknown"));
}
