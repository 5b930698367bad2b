import type { ComponentType } from "react";

/** A part of the configuration: how it is read, how it is edited, or why it can't be. */
export interface ConfigurationSection {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  readonly View?: ComponentType<{ readonly onEdit: () => void }>;
  readonly Edit?: ComponentType<{ readonly onDone: () => void }>;
  /** Why this server has no such setting. */
  readonly missing?: string;
}
