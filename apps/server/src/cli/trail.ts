import type { EventTrailInfo } from "@mayfly/wire/mayfly";
import { dataFolderOf } from "../config/options.ts";
import { callMayfly, type Wired } from "./call-mayfly.ts";
import { table } from "./table.ts";

/** What `mayfly trail` was told. */
export interface TrailCommand {
  readonly id: string | undefined;
  readonly function?: string;
  readonly source?: string;
  readonly data?: string;
  readonly region?: string;
}

/** `mayfly trail`: what became of events on their way to functions. Answers the exit code. */
export async function runTrail({ id, function: FunctionName, source: SourceArn, data, region }: TrailCommand): Promise<number> {
  const input = { ...(id && { Id: id }), ...(FunctionName && { FunctionName }), ...(SourceArn && { SourceArn }) };
  try {
    const { Trails } = await callMayfly(dataFolderOf(data), "ListEventTrails", input, region);
    if (Trails.length === 0) {
      console.error(
        "Nothing is known of such an event: what became of events is kept for a day, of the last of them. An object of a bucket that tells nobody of anything leaves no trail.",
      );
      return 1;
    }
    console.log(id === undefined ? listed(Trails) : Trails.map(told).join("\n\n"));
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

type Trail = Wired<EventTrailInfo>;

/** One line an event: what happened to it last. */
const listed = (trails: readonly Trail[]): string =>
  table(
    ["event", "source", "function", "at", "last"],
    trails.map(({ EventId, SourceArn, FunctionArn, Steps }) => {
      const last = Steps.at(-1);
      return [EventId, nameIn(SourceArn), nameIn(FunctionArn), last ? timeOf(last.At) : "", Steps.map(({ Kind }) => Kind).join(", ")];
    }),
  );

const told = ({ EventId, SourceArn, FunctionArn, MappingUUID, Steps }: Trail): string =>
  [
    SourceArn.includes(":lambda:") ? EventId : `${EventId}, from ${SourceArn}`,
    FunctionArn === "" ? "nobody has received it" : `for ${FunctionArn}, by ${wayOf(SourceArn, MappingUUID)}`,
    table(
      ["at", "what", "request", ""],
      Steps.map(({ At, Kind, RequestId = "", Detail = "" }) => [timeOf(At), Kind, RequestId, Detail]),
    ),
  ].join("\n");

/** How an event got from its source to its receiver. */
const ways: Readonly<Record<string, (id: string) => string>> = {
  lambda: () => "an asynchronous invocation",
  sns: (id) => `the subscription ${id}`,
  s3: (id) => `the notification ${id}`,
};

const wayOf = (sourceArn: string, id: string): string => ways[sourceArn.split(":")[2] ?? ""]?.(id) ?? `the mapping ${id}`;

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
/** The resource of an ARN without its kind. */
const nameIn = (arn: string): string => arn.replace(/^(arn:[^:]*:s[nq]s:[^:]*:[^:]*:|arn:[^:]*:lambda:[^:]*:[^:]*:function:)/, "");
