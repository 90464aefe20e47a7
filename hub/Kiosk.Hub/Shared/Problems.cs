using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kiosk.Hub.Shared;

/// <summary>Turns refusals into problem details with a stable <c>code</c>.</summary>
internal static class Problems
{
    public static ProblemHttpResult From(Error error) => TypedResults.Problem(Details(error));

    public static Results<Ok<T>, ProblemHttpResult> ToHttp<T>(this Result<T> result) =>
        result.IsOk ? TypedResults.Ok(result.Value) : From(result.Error);

    public static Results<NoContent, ProblemHttpResult> ToHttp(this Result<Done> result) =>
        result.IsOk ? TypedResults.NoContent() : From(result.Error);

    public static Results<Created<T>, ProblemHttpResult> ToCreated<T>(this Result<T> result, Func<T, string> location) =>
        result.IsOk ? TypedResults.Created(location(result.Value), result.Value) : From(result.Error);

    public static int StatusOf(Error error) => error switch
    {
        InvalidInput => StatusCodes.Status400BadRequest,
        Unauthenticated => StatusCodes.Status401Unauthorized,
        Denied => StatusCodes.Status403Forbidden,
        NotFound => StatusCodes.Status404NotFound,
        Conflict => StatusCodes.Status409Conflict,
        Gone => StatusCodes.Status410Gone,
        TooLarge => StatusCodes.Status413PayloadTooLarge,
        Unprocessable => StatusCodes.Status422UnprocessableEntity,
        TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static ProblemDetails Details(Error error)
    {
        var details = new ProblemDetails { Status = StatusOf(error), Title = error.Message, Detail = error.Message };
        details.Extensions["code"] = error.Code;
        if (error is InvalidInput { Errors: { } errors })
        {
            details.Extensions["errors"] = errors;
        }

        return details;
    }
}
