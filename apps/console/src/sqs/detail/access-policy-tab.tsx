import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { CliCommand } from "../../shared/cli-command.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import type { ShownQueue } from "./shown-queue.ts";

/** The queue's policy. */
export function AccessPolicyTab({ queue: { name, attributes } }: ShownQueue) {
  const { Policy } = attributes;
  const edit = (
    <Button key="edit" ariaLabel="Edit access policy" href={hrefOf(paths.editQueue(name))} onFollow={useFollow()}>
      Edit
    </Button>
  );
  return (
    <Container
      header={
        <Header variant="h2" description="Who may use the queue besides this account's users and roles." actions={edit}>
          Access policy
        </Header>
      }
    >
      {Policy ? (
        <CliCommand command={JSON.stringify(JSON.parse(Policy), null, 2)} label="Policy" />
      ) : (
        <EmptyState title="No access policy" actions={edit}>
          Only this account&apos;s users and roles use it, as their policies allow.
        </EmptyState>
      )}
    </Container>
  );
}
