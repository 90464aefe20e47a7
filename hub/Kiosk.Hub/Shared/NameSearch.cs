using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Kiosk.Hub.Shared;

/// <summary>Finds names that contain what somebody typed, in any case (of ASCII letters, on SQLite) and in either width: as it was typed, or as ７ is meant.</summary>
internal static class NameSearch
{
    /// <param name="typed">Null or blank leaves the query as it is; '%' and '_' mean themselves.</param>
    public static IQueryable<T> WithName<T>(this IQueryable<T> query, DatabaseFacade database, Expression<Func<T, string>> name, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return query;
        }

        var (pattern, plain) = (Pattern(typed), Pattern(TypedText.Plain(typed)));
        Expression<Func<string, bool>> matches = database.IsNpgsql()
            ? value => EF.Functions.ILike(value, pattern, @"\") || EF.Functions.ILike(value, plain, @"\")
            : value => EF.Functions.Like(value, pattern, @"\") || EF.Functions.Like(value, plain, @"\");
        var body = new Swap(matches.Parameters[0], name.Body).Visit(matches.Body)!;
        return query.Where(Expression.Lambda<Func<T, bool>>(body, name.Parameters[0]));
    }

    /// <summary>For LIKE with the escape character \: what contains this text.</summary>
    public static string Pattern(string typed) => $"%{Escape(typed.Trim())}%";

    public static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private sealed class Swap(Expression from, Expression to) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}
