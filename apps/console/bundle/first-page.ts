import { fileURLToPath } from "node:url";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** What src/start.ts loads: the frame that every page is in. */
const frame = "/src/main.tsx";
/** The page that most visits begin with; the other lists need most of what it needs. */
const firstList = "/src/functions/list/functions-page.tsx";

/** All that a module imports, directly or not, as long as it is not imported on demand. */
function reachOf(id: string, graph: Rolldown.ChunkingContext): ReadonlySet<string> {
  const found = new Set([id]);
  for (const from of found) for (const next of graph.getModuleInfo(from)?.importedIds ?? []) found.add(next);
  return found;
}

/**
 * Few files for the first page, where the automatic way makes sixty: a browser fetches six at a time. `start` is what needs nobody,
 * so that the session is asked for while all else is on its way.
 */
export const firstPageChunks = (): Rolldown.CodeSplittingGroup[] => {
  let ofLists: ReadonlySet<string> | undefined;
  return [
    {
      name: "start",
      test: /src\/(start|session\/session|api\/connection|api\/sdk-modules|app\/pages|app\/paths)\.ts|preload-helper/,
      priority: 3,
    },
    { name: "frame", tags: ["$initial"], test: (id) => !id.endsWith(".html"), priority: 2 },
    {
      debugName: "lists",
      // The SDK's packages are imported by names of which each client needs others.
      name: (id, context) => ((ofLists ??= reachOf(`${root}${firstList}`, context)).has(id) ? "lists" : undefined),
      test: /@cloudscape-design|\/src\/shared\//,
      priority: 1,
    },
  ];
};

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
