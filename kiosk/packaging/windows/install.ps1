# Sets this Windows machine up as a Kiosk player. Run it as administrator, in the unpacked folder:
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Hub https://SERVER [-Lang zh-CN|en] [-User NAME] [-NoCamera]
# It copies the program to C:\Program Files\Kiosk\VERSION, writes C:\ProgramData\Kiosk\player.json and has the player start when NAME signs in
# (default: everyone who does), again whenever it ends. Safe to repeat; a newer folder installed later takes over at the next sign-in.
param(
    [Parameter(Mandatory)][ValidatePattern('^https?://')][string]$Hub,
    [ValidateSet('zh-CN', 'en')][string]$Lang = 'zh-CN',
    [string]$User,
    [switch]$NoCamera
)
$ErrorActionPreference = 'Stop'
if (-not ([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw '请用管理员身份运行 / run it as administrator'
}
foreach ($line in Get-Content (Join-Path $PSScriptRoot 'SHA256SUMS')) {
    $hash, $name = $line -split '  ', 2
    if ((Get-FileHash (Join-Path $PSScriptRoot $name) -Algorithm SHA256).Hash -ne $hash) { throw "文件已损坏 / damaged file: $name" }
}

$version = (Get-Content (Join-Path $PSScriptRoot 'VERSION')).Trim()
$program = Join-Path $env:ProgramFiles "Kiosk\$version"
$data = Join-Path $env:ProgramData 'Kiosk'
Stop-ScheduledTask -TaskName 'Kiosk Player' -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force $program, $data | Out-Null
Copy-Item (Join-Path $PSScriptRoot '*') $program -Recurse -Force
[IO.File]::WriteAllText((Join-Path $data 'player.json'), (@{ hub = $Hub; lang = $Lang; camera = -not $NoCamera } | ConvertTo-Json), [Text.UTF8Encoding]::new($false))
# Who runs the player may write here, never as administrator; with -User nobody else may even look: the keys of this device lie here.
$who = if ($User) { $User } else { '*S-1-5-32-545' }
icacls $data /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' "${who}:(OI)(CI)M" | Out-Null

$loop = "while (`$true) { & '$program\Kiosk.Player.exe' --config '$data\player.json' --data '$data\data'; Start-Sleep 2 }"
$encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($loop))
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument "-NoProfile -WindowStyle Hidden -EncodedCommand $encoded" -WorkingDirectory $data
$trigger = if ($User) { New-ScheduledTaskTrigger -AtLogOn -User $User } else { New-ScheduledTaskTrigger -AtLogOn }
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 99 -RestartInterval (New-TimeSpan -Minutes 1) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew
$principal = if ($User) { New-ScheduledTaskPrincipal -UserId $User -LogonType Interactive } else { New-ScheduledTaskPrincipal -GroupId 'S-1-5-32-545' }
Register-ScheduledTask -TaskName 'Kiosk Player' -Action $action -Trigger $trigger -Settings $settings -Principal $principal -Force | Out-Null
powercfg /change monitor-timeout-ac 0
powercfg /change standby-timeout-ac 0
Write-Host "已装好，下次登录时启动。 / Installed; it starts at the next sign-in."
