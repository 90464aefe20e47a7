namespace LibVLCSharp.Shared;

internal enum FromType
{
    FromPath,
    FromLocation,
}
