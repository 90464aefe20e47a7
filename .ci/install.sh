# Sourced by run.sh and test.sh: says what is missing and installs it where that is allowed.

# install_missing LANG PACKAGE…: Debian packages; needs root or sudo without a password.
install_missing() {
  local lang=$1 missing=() sudo=
  shift
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    [ "$lang" = en ] && echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download [sdk_missing]" >&2 \
      || echo "缺少 .NET 10 SDK：https://dotnet.microsoft.com/download [sdk_missing]" >&2
    return 1
  fi

  for package in curl "$@"; do
    case $package in
      nodejs) command -v node >/dev/null ;;
      npm | ffmpeg | chromium | curl) command -v "$package" >/dev/null ;;
      *) dpkg -s "$package" >/dev/null 2>&1 ;;
    esac || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      sudo=sudo
    else
      [ "$lang" = en ] && echo "Please have these packages installed first: ${missing[*]} [packages_missing]" >&2 \
        || echo "请先让管理员安装这些软件包：${missing[*]} [packages_missing]" >&2
      return 1
    fi
  fi

  [ "$lang" = en ] && echo "Installing: ${missing[*]}" || echo "正在安装：${missing[*]}"
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
