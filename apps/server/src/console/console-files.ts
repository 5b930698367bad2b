import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type RequestHandler, type Router } from "express";
import compressedStatic from "express-static-gzip";

const dist = fileURLToPath(new URL("../../../console/dist", import.meta.url));

/** What the console's pages may load and do: nothing of anybody else's, no script that is not a file of the console. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Cloudscape and Monaco set styles on elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  // Objects that are sound or film are played; what is fetched of them is given its type by the page.
  "media-src blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const consoleHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
};

/**
 * The console's files below /console: assets by their hashed names, and its one page for every other path. The build has compressed
 * the assets (apps/console/vite.config.ts): nothing is spent on it while somebody waits for a page.
 */
export function consoleFiles(): Router {
  const router = express.Router();
  router.use(protect);
  const serveStatic = { immutable: true, maxAge: "1y", index: false, fallthrough: false } as const;
  router.use("/assets", compressedStatic(join(dist, "assets"), { index: false, serveStatic }));
  router.use(express.static(dist, { index: false, maxAge: "1h" }));
  router.get(/.*/, page);
  return router;
}

const protect: RequestHandler = (_request, response, next) => {
  response.set(consoleHeaders);
  next();
};

const page: RequestHandler = (_request, response) => {
  const file = join(dist, "index.html");
  if (existsSync(file)) response.set("cache-control", "no-cache").sendFile(file);
  else response.status(503).type("text/plain").send("The console has not been built. Run: npm run setup\n");
};
