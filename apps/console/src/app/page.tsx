import type { BreadcrumbGroupProps } from "@cloudscape-design/components/breadcrumb-group";
import { createContext, useContext, useEffect, type ReactNode } from "react";

/** What a page tells the shell around it. */
export interface PageFrame {
  readonly title: string;
  readonly breadcrumbs: readonly BreadcrumbGroupProps.Item[];
  /** A name of the help texts; `help/topics.tsx`. */
  readonly help?: string;
  /** `table` for a page that is one table, `form` for narrow forms, `default` else. */
  readonly contentType?: "table" | "form" | "wizard" | "default";
}

/** What the shell gives to pages. */
export interface Shell {
  readonly setFrame: (frame: PageFrame) => void;
  /** Opens the help panel at a topic. */
  readonly openHelp: (topic: string) => void;
  /** Shows something in the split panel at the bottom; undefined closes it. */
  readonly setSplitPanel: (panel: { readonly header: string; readonly content: ReactNode } | undefined) => void;
}

/** Provided by AppShell. */
export const ShellContext = createContext<Shell | undefined>(undefined);

/** The shell around this page. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("useShell needs the shell around it.");
  return shell;
}

/** Tells the shell what page this is: title, breadcrumbs, help. */
export function usePage(frame: PageFrame): void {
  const { setFrame } = useShell();
  const text = JSON.stringify(frame);
  useEffect(() => setFrame(JSON.parse(text) as PageFrame), [setFrame, text]);
}
