#!/usr/bin/env bash
# Builds the launcher for x64 and arm64 into bin/, or into the folder that is given, and notes in SOURCE there what from and how.
# Needs Debian's musl-tools, gcc, gcc-aarch64-linux-gnu and libc6-dev-arm64-cross.
set -euo pipefail
cd "$(dirname "$0")"
out="${1:-bin}"
sources=(launcher.c spec.c root.c attach.c network.c uplink.c output.c filter.c bubblewrap.c)
flags=(-std=c17 -O2 -static -s -Wall -Wextra -Werror -fno-ident -Wl,--build-id=none)
mkdir -p "$out/x64" "$out/arm64"
musl-gcc "${flags[@]}" -idirafter /usr/include -idirafter /usr/include/x86_64-linux-gnu -o "$out/x64/mayfly-launcher" "${sources[@]}"
aarch64-linux-gnu-gcc "${flags[@]}" -o "$out/arm64/mayfly-launcher" "${sources[@]}"
{
  echo "sources $(cat launcher.h "${sources[@]}" | sha256sum | cut -d' ' -f1)"
  echo "x64 $(sha256sum < "$out/x64/mayfly-launcher" | cut -d' ' -f1) musl-gcc ${flags[*]}, $(gcc --version | head -n 1)"
  echo "arm64 $(sha256sum < "$out/arm64/mayfly-launcher" | cut -d' ' -f1) aarch64-linux-gnu-gcc ${flags[*]}, $(aarch64-linux-gnu-gcc --version | head -n 1)"
} > "$out/SOURCE"
