import { join } from "node:path";
import type { ServerOptions } from "../config/options.ts";
import type { RunningServer } from "../server.ts";
import { shellQuote } from "./shell-quote.ts";

/** What `mayfly start` prints for the aws CLI: lines to paste into a shell, and the form for old CLIs. The link's token is the only secret in it, good for one use. */
export function pasteBlock(
  server: Pick<RunningServer, "url" | "dataFolder" | "signinUrl">,
  options: Pick<ServerOptions, "region" | "account" | "auth">,
): string {
  const credentials = shellQuote(join(server.dataFolder, "credentials"));
  const lines = [
    "",
    options.auth === "open"
      ? "The console:"
      : "The console (this link signs you in once, within 15 minutes; npx mayfly signin prints another):",
    "",
    `  ${server.signinUrl}`,
    "",
    "To use it with the aws CLI (2.13 or newer, or 1.29 or newer), paste into a shell:",
    "",
    `  export AWS_ENDPOINT_URL=${server.url} AWS_PROFILE=mayfly AWS_SHARED_CREDENTIALS_FILE=${credentials}`,
    `  export AWS_REGION=${options.region} AWS_DEFAULT_REGION=${options.region} AWS_DISABLE_HOST_PREFIX_INJECTION=true`,
    "",
    "Older ones (Debian 12 has 2.9), and 1.x for SQS, ignore AWS_ENDPOINT_URL and would call AWS itself: paste this line as well,",
    "",
    `  alias aws='aws --endpoint-url ${server.url}'`,
    "",
    `Functions may run as the role arn:aws:iam::${options.account}:role/execution_role. Ctrl+C ends the server.`,
  ];
  if (options.auth === "open")
    lines.push("", "--auth open: anybody who reaches this port may do anything; no signature or policy is checked.");
  return lines.join("\n");
}
