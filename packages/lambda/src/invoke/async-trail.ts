import type { AsyncEventRow } from "@mayfly/db";
import { asynchronousWay, type EventTrail, type TrailStep } from "@mayfly/kernel";
import { functionArn } from "../function-name.ts";

/** Tells what happened to an asynchronous event. It comes from no source but its function's own queue. */
export function note({ trail }: { readonly trail: EventTrail }, event: AsyncEventRow, step: TrailStep): void {
  const { id, accountId, region } = event;
  const place = { accountId, region, sourceArn: functionArn(event), mappingUuid: asynchronousWay, functionArn: event.invokedFunctionArn };
  trail.note(place, id, step);
}
