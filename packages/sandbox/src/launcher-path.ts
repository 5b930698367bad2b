import { fileURLToPath } from "node:url";

/** The committed launcher for this machine's architecture. */
export const launcherPath = fileURLToPath(new URL(`../launcher/bin/${process.arch}/mayfly-launcher`, import.meta.url));

/** What a zygote must load, by the machine's architecture: see launcher/zygote.c. */
export const zygoteLibraryPath = fileURLToPath(new URL(`../launcher/bin/${process.arch}/mayfly-zygote.so`, import.meta.url));
