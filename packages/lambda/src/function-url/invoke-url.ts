import { AccessDenied, type ConditionKeys, type RequestContext } from "@mayfly/kernel";
import type { Invocation } from "@mayfly/engine";
import { entityTooLarge } from "../faults.ts";
import { referenceArn } from "../function-name.ts";
import { resourceTags } from "../iam-rules.ts";
import { resolveInvoked, runInvocation, runStreaming, type ResolvedVersion } from "../invoke/run-invocation.ts";
import { traceHeader } from "../recursion/trace-header.ts";
import type { OperationResources } from "../resources.ts";
import { policyOf } from "../store/records.ts";
import type { HeadOptions } from "./answer-head.ts";
import { bufferedAnswer } from "./buffered-answer.ts";
import { corsHeaders, preflightAnswer } from "./cors.ts";
import { eventOf } from "./request-event.ts";
import { streamedAnswer } from "./streamed-answer.ts";
import type { FindFunctionUrl, FunctionUrl, UrlAnswer, UrlRequest } from "./types.ts";
import type { FoundUrl } from "./url-index.ts";

/** Answers requests to functions' URLs. */
export function findFunctionUrl(resources: OperationResources): FindFunctionUrl {
  return async (address) => {
    const found = await resources.urls.find(address);
    return found && toFunctionUrl(resources, found);
  };
}

function toFunctionUrl(resources: OperationResources, found: FoundUrl): FunctionUrl {
  const { cors, authType } = found.url;
  return {
    accountId: found.reference.accountId,
    authType,
    corsHeaders: (head) => corsHeaders(cors, head),
    preflight: (head) => preflightAnswer(cors, head),
    invoke: (ctx, request) => invokeUrl(resources, found, ctx, request),
  };
}

/** What a function's failure is answered with, whatever it was. */
const badGateway: UrlAnswer = { status: 502, headers: ["Content-Type", "application/json"], body: Buffer.from("Internal Server Error") };

async function invokeUrl(resources: OperationResources, before: FoundUrl, ctx: RequestContext, request: UrlRequest): Promise<UrlAnswer> {
  const found = await findAgain(resources, before);
  await authorizeUrl(found, ctx);
  const { limits, clock } = resources;
  const { reference, url } = found;
  const nowMs = clock.now();
  const traceId = traceHeader(reference, ctx.traceHeader, nowMs);
  const payload = eventOf(request, { ctx, urlId: url.urlId, nowMs, traceId, isSigned: url.authType === "AWS_IAM" });
  if (payload.length > limits.syncPayloadBytes)
    throw entityTooLarge(`Request must be smaller than ${limits.syncPayloadBytes} bytes for the InvokeFunction operation`);
  const resolved = await resolveInvoked(resources, reference);
  const invocation = { requestId: ctx.requestId, invokedFunctionArn: referenceArn(reference), payload, traceId };
  const options = { host: hostOf(request), hasCors: url.cors !== undefined, contentType: "application/json" };
  const answer = (await run[url.invokeMode](resources, resolved, invocation, options)) ?? badGateway;
  return { ...answer, headers: [...answer.headers, ...corsHeaders(url.cors, request), "X-Amzn-Trace-Id", traceId.toLowerCase()] };
}

/** A body may take its time: what holds is what is said when it is there. @throws AccessDenied */
async function findAgain({ urls }: OperationResources, { reference: { region }, url: { urlId, authType } }: FoundUrl): Promise<FoundUrl> {
  const found = await urls.find({ urlId, region });
  if (found === undefined || found.url.authType !== authType) throw new AccessDenied("The URL was changed meanwhile.");
  return found;
}

type Run = (
  resources: OperationResources,
  resolved: ResolvedVersion,
  invocation: Invocation,
  options: HeadOptions,
) => Promise<UrlAnswer | undefined>;

/** By InvokeMode. */
const run: Readonly<Record<"BUFFERED" | "RESPONSE_STREAM", Run>> = {
  async BUFFERED(resources, resolved, invocation, options) {
    const { functionError, payload } = await runInvocation(resources, resolved, invocation);
    return functionError === undefined ? bufferedAnswer(payload, options) : undefined;
  },
  async RESPONSE_STREAM(resources, resolved, invocation, options) {
    return streamedAnswer(await runStreaming(resources, resolved, invocation), options, resources.limits);
  },
};

/**
 * Both permissions are needed since October 2025, whoever calls: of a URL without authentication the policy must let everybody.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @throws AccessDenied
 */
async function authorizeUrl({ reference, record, url }: FoundUrl, ctx: RequestContext): Promise<void> {
  const resource = referenceArn(reference);
  const resourcePolicy = policyOf(record, reference.qualifier);
  const keys: ConditionKeys = { ...resourceTags(record.tags), "lambda:FunctionArn": [resource] };
  const ask = (action: string, more: ConditionKeys): Promise<void> =>
    ctx.authorize({ action, resource, resourcePolicy, conditionKeys: { ...keys, ...more } });
  await ask("lambda:InvokeFunctionUrl", { "lambda:FunctionUrlAuthType": [url.authType] });
  await ask("lambda:InvokeFunction", { "lambda:InvokedViaFunctionUrl": ["true"] });
}

function hostOf({ rawHeaders }: UrlRequest): string {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  return rawHeaders[at + 1] ?? "";
}
