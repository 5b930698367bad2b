import type { ReactNode } from "react";

/** A page of the help panel. */
export interface HelpTopic {
  readonly title: string;
  readonly content: ReactNode;
}
