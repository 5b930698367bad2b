import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  /** What the things of this place are for, or how one comes here. */
  readonly children?: ReactNode;
  /** Buttons. */
  readonly actions?: ReactNode;
}

/** A place with nothing in it yet: says so, and what to do. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <Box textAlign="center" margin={{ vertical: "l" }}>
      <SpaceBetween size="s">
        <Box key="title" variant="strong">
          {title}
        </Box>
        {children && (
          <Box key="text" color="text-body-secondary">
            {children}
          </Box>
        )}
        {actions && (
          <div key="actions" className="centered">
            <SpaceBetween direction="horizontal" size="xs">
              {actions}
            </SpaceBetween>
          </div>
        )}
      </SpaceBetween>
    </Box>
  );
}
