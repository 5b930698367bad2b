import type { IncomingMessage, ServerResponse } from "node:http";
import { systemClock } from "@mayfly/kernel";
import { readUrlHost } from "@mayfly/lambda";
import { bucketOfHost, isBucketHost } from "@mayfly/wire";
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from "express";
import { createSigninAttempts } from "./console/attempts.ts";
import { consoleFiles } from "./console/console-files.ts";
import { foreignContentHeaders } from "./console/foreign-content.ts";
import { sessionEndpoints } from "./console/session-endpoints.ts";
import { mayflyVersion } from "./config/version.ts";
import { codeDownload, codePath } from "./endpoints/code-download.ts";
import { serveFunctionUrl, type UrlResources } from "./function-url/serve-function-url.ts";
import { certificatePath, signingCertificate } from "./endpoints/signing-certificate.ts";
import { health } from "./endpoints/health.ts";
import { resetEndpoint } from "./endpoints/reset.ts";
import { bucketPreflight } from "./gateway/bucket-cors.ts";
import { preflight } from "./gateway/cors.ts";
import { serveAwsRequest } from "./gateway/gateway.ts";
import { allowBody } from "./gateway/streamed-body.ts";
import { isLoopbackHost } from "./gateway/hosts.ts";

/** What the HTTP front works with. */
export interface AppResources extends UrlResources {
  readonly reset: () => Promise<void>;
  readonly auth: "strict" | "open";
  /** The server listens on loopback only, so other names in Host are somebody's trick. */
  readonly loopbackOnly: boolean;
}

/**
 * What people sign in by, and what tests reset by. Functions have no business there: their connections look like the machine's own, so that with wrong
 * passwords one could slow down everybody who signs in on it.
 */
const peoplesPath = /^\/(?:console|_mayfly\/(?:signin|signout|session|reset))(?:[/?]|$)/;

/**
 * What is a bucket's for sure: all at a host that names one, whose keys may begin like Mayfly's own paths, and of a bucket named `console`
 * what is signed as a request to AWS, as no page or file of the console is asked for so.
 */
function isForBucket({ url = "", headers }: IncomingMessage): boolean {
  const { host, authorization = "" } = headers;
  if (isBucketHost(host) && bucketOfHost(host) !== undefined) return true;
  return consolePath.test(url) && (authorization.startsWith("AWS4-HMAC-SHA256 ") || /[?&]X-Amz-Signature=/.test(url));
}
const consolePath = /^\/console(?:[/?]|$)/;

/** What goes past Express's middleware, not past the gateway's chain: Invoke, and what names its operation or is signed in a header. */
function isAwsCall({ method, url = "", headers }: IncomingMessage): boolean {
  if (ownPath.test(url)) return false;
  if (method === "POST" && (invokePath.test(url) || headers["x-amz-target"] !== undefined)) return true;
  const isSigned = headers.authorization?.startsWith("AWS4-HMAC-SHA256 ") ?? false;
  return isSigned && method !== "OPTIONS" && !rootPath.test(url) && !certificatePath.test(url);
}
const rootPath = /^\/(?:\?|$)/;
const invokePath = /^\/2015-03-31\/functions\/[^/?]+\/invocations(?:\?|$)/;
const ownPath = /^\/(?:console|_mayfly)(?:[/?]|$)/;

/** The HTTP front: the hosts of functions' URLs are theirs alone; on all others Mayfly's own endpoints are under /_mayfly, and everything else is an AWS request. */
export function createApp(resources: AppResources): (request: IncomingMessage, response: ServerResponse) => void {
  const app = expressApp();
  app.use("/console", consoleFiles());
  app.use(markForeign);
  app.use("/_mayfly", sessionEndpoints({ world: resources.world, auth: resources.auth, attempts: createSigninAttempts(systemClock) }));
  app.get("/_mayfly/health", health);
  app.post("/_mayfly/reset", resetEndpoint(resources));
  app.get(codePath, codeDownload(resources));
  app.get(certificatePath, signingCertificate(resources));
  app.get("/", welcome);
  app.use(awsRequests(resources), refuse(resources));
  const buckets = expressApp().use(markForeign, awsRequests(resources), refuse(resources));
  return (request, response) => {
    // The gateway does so once it knows who asks; others take any body that they read.
    const ofBucket = isForBucket(request);
    if (ownPath.test(request.url ?? "") && !ofBucket) allowBody(request, response);
    const address = readUrlHost(request.headers.host ?? "");
    if (resources.loopbackOnly && !isLoopbackHost(request.headers.host)) refuseHost(response);
    else if (address !== undefined) {
      allowBody(request, response);
      void serveFunctionUrl(resources, address, request, response);
    } else if (peoplesPath.test(request.url ?? "") && !ofBucket && resources.functionOf(request.socket) !== undefined)
      refuseFunction(response);
    else if (isAwsCall(request)) void serveAwsRequest(resources, request, response);
    else (ofBucket ? buckets : app)(request, response);
  };
}

function expressApp() {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  return app;
}

const awsRequests =
  (resources: AppResources): RequestHandler =>
  (request, response) => {
    const ofBucket = bucketPreflight(resources.world(), request);
    const allowed = ofBucket ?? preflight(request);
    if (ofBucket) response.writeHead(ofBucket.status, ofBucket.headers).end(ofBucket.body);
    else if (allowed) response.writeHead(allowed.status, allowed.headers).end();
    else void serveAwsRequest(resources, request, response);
  };

/** Other people's content: see foreign-content.ts. */
const markForeign: RequestHandler = (_request, response, next) => {
  response.set(foreignContentHeaders);
  next();
};

/** A link in a message of SNS, which a person may follow. */
const isLink = ({ query }: Request): boolean => query["Action"] === "ConfirmSubscription" || query["Action"] === "Unsubscribe";

const welcome: RequestHandler = (request, response, next) => {
  if (request.method === "GET" && request.headers["sec-fetch-dest"] === "document" && !isLink(request)) {
    response.redirect("/console/");
    return;
  }
  if (request.headers.authorization !== undefined || Object.keys(request.query).length > 0) {
    next();
    return;
  }
  response.type("text/plain").send(`Mayfly ${mayflyVersion}. The AWS API is at this address; point the aws CLI or an SDK here.\n`);
};

/** Express's own answer to an error would show the stack. */
const refuse =
  ({ problem }: Pick<AppResources, "problem">): ErrorRequestHandler =>
  (error: Error & { readonly status?: number }, _request, response, next) => {
    const status = error.status ?? 500;
    if (status >= 500) problem(`A request failed: ${error.stack ?? error.message}`);
    if (response.headersSent) next(error);
    else response.status(status).json({ code: "BadRequest", message: refusals[status] ?? "The request could not be answered." });
  };

const refusals: Readonly<Record<number, string>> = {
  400: "The request is malformed.",
  404: "There is no such file.",
  413: "The request is too large.",
  415: "The request's encoding is not supported.",
  500: "The server failed; its output says why.",
};

const refuseHost = (response: ServerResponse): void =>
  forbid(response, "This server listens on loopback only and answers to localhost, *.localhost and loopback addresses.");
const refuseFunction = (response: ServerResponse): void => forbid(response, "Functions can't sign in to the console.");

function forbid(response: ServerResponse, message: string): void {
  response.writeHead(403, { "content-type": "application/json", ...foreignContentHeaders });
  response.end(JSON.stringify({ message }));
}
