import type { RequestHandler } from "express";
import type { AppResources } from "../app.ts";

/** Where SigningCertURL of notifications leads. */
export const certificatePath = /^\/SimpleNotificationService-[\da-f]{32}\.pem$/;

/** Serves the certificate that notifications are signed by, to everybody. */
export function signingCertificate({ world, problem }: Pick<AppResources, "world" | "problem">): RequestHandler {
  return async (request, response) => {
    try {
      const certificate = await world().signingCertificate(request.path);
      if (certificate === undefined) response.status(404).type("text/plain").send("There is no such certificate.\n");
      else response.type("application/x-pem-file").send(certificate);
    } catch (error) {
      problem(`The certificate of notifications could not be read: ${String(error)}`);
      response.status(500).end();
    }
  };
}
