export * from "./clients.ts";
export * from "./footprint.ts";
export * from "./last-lines.ts";
export * from "./processes.ts";
export * from "./server-process.ts";
export * from "./scale.ts";
export * from "./zip.ts";
export * from "./wait-for.ts";
