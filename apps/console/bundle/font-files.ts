import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const inlined = /url\((["']?)data:font\/woff2;base64,([^"')]+)\1\)/g;

/**
 * Cloudscape's style sheet holds its font eight times over, a weight and slant each, in base64: 160 KB of which a page needs a quarter.
 * As files each is loaded when text is set in it.
 */
export const fontFiles: Plugin = {
  name: "font-files",
  apply: "build",
  enforce: "post",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
      const css = typeof file.source === "string" ? file.source : new TextDecoder().decode(file.source);
      file.source = css.replaceAll(inlined, (_all, _quote, base64: string) => {
        const source = Buffer.from(base64, "base64");
        const name = `open-sans-${createHash("sha256").update(source).digest("base64url").slice(0, 8)}.woff2`;
        this.emitFile({ type: "asset", fileName: `assets/${name}`, source });
        return `url(${name})`;
      });
    }
  },
};
