import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { ReactNode } from "react";

interface SectionViewProps {
  readonly title: string;
  readonly description?: string;
  readonly counter?: string;
  readonly onEdit?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A section as it is read, with its Edit button. */
export function SectionView({ title, description, counter, onEdit, children }: SectionViewProps) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          {...(description && { description })}
          {...(counter && { counter })}
          actions={
            onEdit && (
              <Button onClick={onEdit} ariaLabel={`Edit ${title}`}>
                Edit
              </Button>
            )
          }
        >
          {title}
        </Header>
      }
    >
      {children}
    </Container>
  );
}
