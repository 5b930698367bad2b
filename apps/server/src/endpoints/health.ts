import type { RequestHandler } from "express";
import { mayflyVersion } from "../config/version.ts";

/** `GET /_mayfly/health`: strangers learn whether the server answers, and its version; no more. */
export const health: RequestHandler = (_request, response) => {
  response.json({ status: "ok", version: mayflyVersion });
};
