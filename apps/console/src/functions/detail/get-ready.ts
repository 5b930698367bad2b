import type { QueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { codeSessionKey } from "./code/code-session-key.ts";

/** Begins to load what a function's page is made of, its editor and its test panel: a megabyte that somebody who makes a function needs next. */
export function preloadEditor(): void {
  const parts = [
    import("./function-page.tsx"),
    import("./code/code-tab.tsx"),
    import("./code/monaco.ts").then(({ loadMonaco }) => loadMonaco()),
    import("@cloudscape-design/components/split-panel"),
  ];
  // What can't be had now is asked for again when it is needed, and then the page says so.
  for (const part of parts) part.catch(() => undefined);
}

/** Asks for what the Code tab shows of a function, all at once, before the page is gone to. Never rejects. */
export async function prefetchCode(cache: QueryClient, functionName: string): Promise<void> {
  const input = { FunctionName: functionName };
  await Promise.all([
    cache.prefetchQuery({ queryKey: keyOf("lambda", "GetFunction", input), queryFn: () => send("lambda", "GetFunction", input) }),
    cache.prefetchQuery({
      queryKey: codeSessionKey(functionName),
      queryFn: async () => (await import("./code/code-session.ts")).CodeSession.load(functionName),
    }),
  ]);
}
