import type { Cors } from "@aws-sdk/client-lambda";

/** A CORS configuration while it is typed: lists as text with commas. */
export interface CorsDraft {
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly exposed: string;
  readonly maxAge: string;
  readonly credentials: boolean;
}

const most = { maxAgeSeconds: 86_400 };
const methodNames = new Set(["*", "GET", "PUT", "HEAD", "POST", "PATCH", "DELETE"]);

const listOf = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** What the form begins with: AWS's console proposes every origin. */
export const draftOf = (cors: Cors | undefined): CorsDraft => ({
  origins: (cors?.AllowOrigins ?? ["*"]).join(", "),
  methods: (cors?.AllowMethods ?? []).join(", "),
  headers: (cors?.AllowHeaders ?? []).join(", "),
  exposed: (cors?.ExposeHeaders ?? []).join(", "),
  maxAge: cors?.MaxAge ? String(cors.MaxAge) : "",
  credentials: cors?.AllowCredentials ?? false,
});

/** What is sent of it. */
export function corsOf(draft: CorsDraft): Cors {
  const lists = {
    AllowOrigins: listOf(draft.origins),
    AllowMethods: listOf(draft.methods).map((method) => method.toUpperCase()),
    AllowHeaders: listOf(draft.headers),
    ExposeHeaders: listOf(draft.exposed),
  };
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(draft.maxAge !== "" && { MaxAge: Number(draft.maxAge) }),
    ...(draft.credentials && { AllowCredentials: true }),
  };
}

/** What is wrong, by field. */
export function corsProblems(draft: CorsDraft): Partial<Record<keyof CorsDraft, string>> {
  const method = listOf(draft.methods).find((name) => !methodNames.has(name.toUpperCase()));
  const origin = listOf(draft.origins).find((text) => text !== "*" && !/^https?:\/\/[^\s/]+$/.test(text));
  const isAge = /^\d*$/.test(draft.maxAge) && Number(draft.maxAge) <= most.maxAgeSeconds;
  return {
    ...(origin !== undefined && { origins: `${origin} is no origin such as https://www.example.com.` }),
    ...(method !== undefined && { methods: `${method} is none of ${[...methodNames].join(", ")}.` }),
    ...(!isAge && { maxAge: `It must be a number of seconds from 0 to ${most.maxAgeSeconds}.` }),
  };
}
