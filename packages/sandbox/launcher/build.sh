#!/usr/bin/env bash
# Builds the launcher for x64 and arm64, and the library by which a zygote's children enter sandboxes (zygote.c), into bin/, or into the folder that is given, and notes in SOURCE there what from and how.
# Needs Debian's musl-tools, gcc, gcc-aarch64-linux-gnu and libc6-dev-arm64-cross.
set -euo pipefail
cd "$(dirname "$0")"
out="${1:-bin}"
sources=(launcher.c spec.c root.c attach.c network.c uplink.c channel.c filter.c bubblewrap.c zygote.c fork-server.c)
flags=(-std=c17 -O2 -static -s -Wall -Wextra -Werror -fno-ident -Wl,--build-id=none)
mkdir -p "$out/x64" "$out/arm64"
musl-gcc "${flags[@]}" -idirafter /usr/include -idirafter /usr/include/x86_64-linux-gnu -o "$out/x64/mayfly-launcher" "${sources[@]}"
aarch64-linux-gnu-gcc "${flags[@]}" -o "$out/arm64/mayfly-launcher" "${sources[@]}"
# Names of libc are found in the program that loads it, whichever libc that has.
library=(-std=c17 -O2 -shared -fPIC -nostdlib -fvisibility=hidden -ffunction-sections -fdata-sections -fno-stack-protector -s -Wall -Wextra -Werror -fno-ident
  -Wl,--build-id=none -Wl,--gc-sections -Wl,-z,now)
gcc "${library[@]}" -o "$out/x64/mayfly-zygote.so" "${sources[@]}"
aarch64-linux-gnu-gcc "${library[@]}" -o "$out/arm64/mayfly-zygote.so" "${sources[@]}"
{
  echo "sources $(cat launcher.h "${sources[@]}" | sha256sum | cut -d' ' -f1)"
  echo "x64 $(sha256sum < "$out/x64/mayfly-launcher" | cut -d' ' -f1) musl-gcc ${flags[*]}, $(gcc --version | head -n 1)"
  echo "arm64 $(sha256sum < "$out/arm64/mayfly-launcher" | cut -d' ' -f1) aarch64-linux-gnu-gcc ${flags[*]}, $(aarch64-linux-gnu-gcc --version | head -n 1)"
  for architecture in x64 arm64; do echo "$architecture-zygote $(sha256sum < "$out/$architecture/mayfly-zygote.so" | cut -d' ' -f1) ${library[*]}"; done
} > "$out/SOURCE"
