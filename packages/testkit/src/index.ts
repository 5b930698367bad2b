export * from "./clients.ts";
export * from "./server-process.ts";
export * from "./zip.ts";
export * from "./wait-for.ts";
