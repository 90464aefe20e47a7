namespace LibVLCSharp.Shared;

/// <summary>Where the first line of the picture belongs; from <see cref="LeftTop"/> on it lies on its side.</summary>
internal enum VideoOrientation
{
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
    LeftTop,
    LeftBottom,
    RightTop,
    RightBottom,
}
