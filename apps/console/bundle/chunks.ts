import { fileURLToPath } from "node:url";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** What src/start.ts loads: the frame that every page is in. */
const frame = "/src/main.tsx";
/** Pages that are a file each, with what they don't have in common with those before them: the list, which most visits begin with, and the way on from there. */
const files: readonly (readonly [name: string, pages: readonly string[]])[] = [
  ["lists", ["functions/list/functions-page.tsx"]],
  ["function", ["functions/detail/function-page.tsx", "functions/detail/code/code-tab.tsx"]],
  ["create", ["functions/create/create-function-page.tsx"]],
];

/** All that some modules import, directly or not, as long as it is not imported on demand. */
function reachOf(ids: readonly string[], graph: Rolldown.ChunkingContext): ReadonlySet<string> {
  const found = new Set(ids);
  for (const from of found) for (const next of graph.getModuleInfo(from)?.importedIds ?? []) found.add(next);
  return found;
}

function pageChunk(name: string, pages: readonly string[], priority: number): Rolldown.CodeSplittingGroup {
  let modules: ReadonlySet<string> | undefined;
  const ids = pages.map((page) => `${root}/src/${page}`);
  return {
    name: (id, graph) => ((modules ??= reachOf(ids, graph)).has(id) ? name : undefined),
    debugName: name,
    // Of the SDK's packages each client needs other parts.
    test: /@cloudscape-design|\/apps\/console\/src\//,
    priority,
  };
}

/**
 * Few files, where the automatic way makes sixty for the first page: a browser fetches six at a time. `start` is what needs nobody, so
 * that the session is asked for while all else is on its way.
 */
export const chunks: Rolldown.CodeSplittingGroup[] = [
  {
    name: "start",
    test: /src\/(start|session\/session|api\/connection|api\/sdk-modules|app\/pages|app\/paths)\.ts|preload-helper/,
    priority: 9,
  },
  { name: "frame", tags: ["$initial"], test: (id) => !id.endsWith(".html"), priority: 8 },
  ...files.map(([name, pages], index) => pageChunk(name, pages, 7 - index)),
];

/** Lists the frame's files in index.html, where a browser finds them before any script has run. */
export const framePreloads: Plugin = {
  name: "frame-preloads",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entry = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(frame));
      if (entry === undefined) throw new Error(`No chunk begins with ${frame}.`);
      const files = new Set([entry.fileName]);
      for (const name of files) for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) files.add(next);
      const styles = new Set(
        chunks.filter(({ fileName }) => files.has(fileName)).flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
      );
      return [...[...styles].map((name) => tag("stylesheet", name)), ...[...files].map((name) => tag("modulepreload", name))];
    },
  },
};

const tag = (rel: "stylesheet" | "modulepreload", name: string): HtmlTagDescriptor => ({
  tag: "link",
  attrs: { rel, crossorigin: true, href: `/console/${name}` },
  injectTo: "head",
});
