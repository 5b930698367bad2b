import type { ComponentType } from "react";

/** What a section's view is given. */
export interface SectionViewProps {
  /** Absent where it can't be edited: a version's configuration stays as it is. */
  readonly onEdit?: (() => void) | undefined;
}

/** A part of the configuration: how it is read, how it is edited, or why it can't be. */
export interface ConfigurationSection {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  readonly View?: ComponentType<SectionViewProps>;
  readonly Edit?: ComponentType<{ readonly onDone: () => void }>;
  /** `function`: the function has one for all its versions. `qualifier`: each version and alias has its own, and it can be edited. Absent: a version keeps it as it was. */
  readonly of?: "function" | "qualifier";
  /** Why this server has no such setting. */
  readonly missing?: string;
}
