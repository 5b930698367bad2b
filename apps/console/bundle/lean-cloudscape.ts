import type { Plugin } from "vite";

/** Modules that every first page would carry and nothing here needs, by the end of their path; and what stands in for each. */
const standIns: readonly (readonly [ending: string, code: string])[] = [
  // A drawer in which the AWS console announces features to its users, and with it a drag-and-drop library.
  ["/feature-notifications-drawer-content.js", "export const RuntimeContentPart = () => null; export default RuntimeContentPart;"],
  // Two other layouts of the frame: that of the theme before this one, and that of the AWS console (a flag of the page's window chooses).
  ["/components/app-layout/classic.js", "export default () => null;"],
  ["/components/app-layout/visual-refresh-toolbar/index.js", "export default () => null;"],
  // The components' messages are parsed already.
  ["/icu-messageformat-parser/lib/index.js", 'export * from "./no-parser.js";'],
];

/** Components whose messages are left out: nothing here shows them. */
const unused = [
  "annotation-context",
  "area-chart",
  "code-editor",
  "features-notification-drawer",
  "pie-chart",
  "prompt-input",
  "s3-resource-selector",
  "slider",
  "tag-editor",
  "tutorial-panel",
];

type Messages = Record<string, Record<string, Record<string, unknown>>>;

function withoutUnused(code: string): string {
  const start = code.indexOf("{");
  const end = code.lastIndexOf("}") + 1;
  const messages = JSON.parse(code.slice(start, end)) as Messages;
  for (const language of Object.values(messages).flatMap((languages) => Object.values(languages)))
    for (const component of unused) delete language[component];
  return `${code.slice(0, start)}${JSON.stringify(messages)}${code.slice(end)}`;
}

/** Leaves out of Cloudscape what no page of the console shows. */
export const leanCloudscape: Plugin = {
  name: "lean-cloudscape",
  apply: "build",
  enforce: "pre",
  load: (id) => standIns.find(([ending]) => id.endsWith(ending))?.[1],
  transform: (code, id) => (id.endsWith("/i18n/messages/all.en.js") ? { code: withoutUnused(code), map: null } : undefined),
};
