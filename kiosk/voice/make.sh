#!/usr/bin/env bash
# Makes the kiosk's spoken lines (Kiosk.Player/wwwroot/voice) from lines.tsv: name, Chinese, its pinyin, English.
# Needs espeak-ng, sox and ffmpeg. The clips are committed, so that a build needs none of them; run this after a change of lines.tsv.
# espeak-ng's voice "cmn" spells Chinese in English; cmn-latn-pinyin with written tones reads it, sandhi of the third tone included.
set -euo pipefail
cd "$(dirname "$0")"
out=../Kiosk.Player/wwwroot/voice
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

clip() { # FILE VOICE SPEED PITCH TEXT
  espeak-ng -v "$2" -s "$3" -p "$4" -g 0 -w "$work/raw.wav" -- "$5"
  # Silence off both ends, an even loudness, a softer top.
  sox "$work/raw.wav" -r 44100 "$work/clean.wav" gain -8 silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse \
    highpass 110 treble -3 6000 compand 0.01,0.15 -50,-50,-30,-18,0,-6 norm -2 pad 0.01 0.08
  mkdir -p "$(dirname "$1")"
  ffmpeg -nostdin -v error -y -i "$work/clean.wav" -ac 1 -b:a 56k -map_metadata -1 -fflags +bitexact "$1"
}

while IFS=$'\t' read -r name _ pinyin english; do
  clip "$out/zh-CN/$name.mp3" cmn-latn-pinyin+f2 170 46 "$pinyin"
  clip "$out/en/$name.mp3" en-us+f2 150 46 "$english"
done < lines.tsv
