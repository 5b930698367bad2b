import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { RequestHandler } from "express";
import { codePathPrefix } from "@mayfly/lambda";
import type { AppResources } from "../app.ts";
import { requestHead } from "../gateway/wire-request.ts";

/** Path under which GetFunction's signed URLs lie. */
export const codePath = `${codePathPrefix}*rest`;

/** Serves the deployment package that a signed URL of GetFunction names. */
export function codeDownload({ world, problem }: Pick<AppResources, "world" | "problem">): RequestHandler {
  return async (request, response) => {
    try {
      const { status, headers, file, text } = await world().lambda.codeDownload(requestHead(request));
      response.writeHead(status, headers);
      if (file === undefined) response.end(text);
      else await pipeline(createReadStream(file), response);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") problem(`A download of code failed: ${String(error)}`);
      response.destroy();
    }
  };
}
