import type { Operation } from "../model/model.ts";
import { parseForm } from "../read/form.ts";
import type { WireRequest } from "../types.ts";

type Segment = { readonly literal: string } | { readonly label: string; readonly greedy: boolean };

interface Route {
  readonly operation: Operation;
  readonly segments: readonly Segment[];
  /** Query members that the operation demands: `List=ALL`; undefined where any value will do. */
  readonly query: readonly (readonly [string, string | undefined])[];
  readonly greedy: boolean;
}

/** A path's operation and the raw values of its labels. */
interface RouteMatch {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

/** Finds the REST operation of a request; undefined if the model has none. */
export type Router = (request: WireRequest) => RouteMatch | undefined;

/** Makes the router of a REST service: a literal beats a label, a required query member beats none, a label beats a greedy one. */
export function createRouter(operations: Iterable<Operation>): Router {
  const byMethod = new Map<string, Route[]>();
  for (const operation of operations) {
    const routes = byMethod.get(operation.method) ?? [];
    routes.push(readRoute(operation));
    byMethod.set(operation.method, routes);
  }
  for (const routes of byMethod.values()) routes.sort(moreSpecific);
  return (request) => {
    const routes = byMethod.get(request.method) ?? [];
    const parts = splitPath(request.path);
    for (const route of routes) {
      const labels = matchSegments(route, parts);
      if (labels !== undefined && matchQuery(route, request.query)) return { operation: route.operation, labels };
    }
    return undefined;
  };
}

function readRoute(operation: Operation): Route {
  const [path = "", query = ""] = operation.uri.split("?");
  const segments = splitPath(path).map((part): Segment => {
    const label = /^\{(.+?)(\+?)\}$/.exec(part);
    return label ? { label: label[1] as string, greedy: label[2] === "+" } : { literal: part };
  });
  return {
    operation,
    segments,
    query: query
      .split("&")
      .filter(Boolean)
      .map((pair) => pair.split("=") as [string, string | undefined]),
    greedy: segments.some((segment) => "greedy" in segment && segment.greedy),
  };
}

/** AWS takes one slash more at the end. */
function splitPath(path: string): string[] {
  const parts = path.split("/").slice(1);
  if (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts;
}

function moreSpecific(a: Route, b: Route): number {
  if (a.greedy !== b.greedy) return a.greedy ? 1 : -1;
  for (let i = 0; i < Math.min(a.segments.length, b.segments.length); i++) {
    const difference = Number("label" in (a.segments[i] as Segment)) - Number("label" in (b.segments[i] as Segment));
    if (difference !== 0) return difference;
  }
  return b.segments.length - a.segments.length || b.query.length - a.query.length;
}

function matchSegments(route: Route, parts: readonly string[]): Record<string, string> | undefined {
  const { segments } = route;
  if (route.greedy ? parts.length < segments.length : parts.length !== segments.length) return undefined;
  if (!route.greedy && !literalsMatch(segments, parts)) return undefined;
  const labels: Record<string, string> = {};
  let at = 0;
  for (const segment of segments) {
    const part = parts[at] as string;
    if ("literal" in segment) {
      if (segment.literal !== part) return undefined;
      at++;
    } else {
      const count = segment.greedy ? parts.length - segments.length + 1 : 1;
      const value = parts.slice(at, at + count).join("/");
      if (value === "") return undefined;
      labels[segment.label] = value;
      at += count;
    }
  }
  return labels;
}

/** Most routes of a service fail here, before any label is taken out. */
const literalsMatch = (segments: readonly Segment[], parts: readonly string[]): boolean =>
  segments.every((segment, at) => "label" in segment || segment.literal === parts[at]);

function matchQuery(route: Route, query: string): boolean {
  if (route.query.length === 0) return true;
  const parameters = parseForm(query) ?? [];
  return route.query.every(([name, value]) =>
    parameters.some((parameter) => parameter[0] === name && (value === undefined || parameter[1] === value)),
  );
}
