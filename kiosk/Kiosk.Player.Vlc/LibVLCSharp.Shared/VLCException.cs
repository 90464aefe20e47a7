namespace LibVLCSharp.Shared;

internal sealed class VLCException(string message) : Exception(message);
