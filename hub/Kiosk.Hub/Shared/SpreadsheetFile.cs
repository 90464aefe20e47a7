using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.Csv;
using MiniExcelLibs.OpenXml;

namespace Kiosk.Hub.Shared;

/// <summary>How a report is taken away.</summary>
internal enum SpreadsheetFormat
{
    Xlsx,
    Csv,
}

/// <summary>A table as a file that office programs open.</summary>
internal static class SpreadsheetFile
{
    /// <param name="name">Without ending.</param>
    /// <param name="rows">Each with the same columns, by heading. Text that a program would take for a formula is written as text.</param>
    public static async Task<IResult> OfAsync(string name, SpreadsheetFormat format, IReadOnlyList<Dictionary<string, object?>> rows, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        foreach (var row in rows)
        {
            foreach (var (heading, text) in row.Where(cell => cell.Value is string).Select(cell => (cell.Key, (string)cell.Value!)).ToList())
            {
                row[heading] = Harmless(text);
            }
        }

        if (format is SpreadsheetFormat.Csv)
        {
            // With a byte order mark, without which Excel takes Chinese for something else.
            var settings = new CsvConfiguration { StreamWriterFunc = stream => new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) };
            await content.SaveAsAsync(rows, excelType: ExcelType.CSV, configuration: settings, cancellationToken: cancellationToken);
        }
        else
        {
            await content.SaveAsAsync(rows, configuration: new OpenXmlConfiguration { DynamicColumns = Instants(rows) }, cancellationToken: cancellationToken);
        }

        content.Position = 0;
        var (type, ending) = format is SpreadsheetFormat.Csv ? ("text/csv; charset=utf-8", "csv") : ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
        return Results.File(content, type, $"{name}.{ending}");
    }

    /// <summary>An instant has a time of day, and a column wide enough for it.</summary>
    private static DynamicExcelColumn[] Instants(IReadOnlyList<Dictionary<string, object?>> rows) =>
        [.. rows.SelectMany(row => row).Where(cell => cell.Value is DateTime).Select(cell => cell.Key).Distinct()
            .Select(heading => new DynamicExcelColumn(heading) { Format = "yyyy-MM-dd HH:mm:ss", Width = 20 })];

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}
