import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { paths } from "../../app/paths.ts";
import { TriggerState } from "../../functions/detail/triggers/trigger-state.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { Moment } from "../../shared/moment.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import type { ShownQueue } from "./shown-queue.ts";

/** `orders`, or `orders:live`, of a function's ARN. */
const functionOf = (arn: string): readonly [name: string, qualifier: string | undefined] => {
  const [name = "", qualifier] = arn.split(":").slice(6);
  return [name, qualifier];
};

/** The functions that the queue runs. */
export function LambdaTriggersTab({ queue }: ShownQueue) {
  const input = { EventSourceArn: queue.attributes["QueueArn"] ?? "" };
  const query = useAwsAll("lambda", "ListEventSourceMappings", input, paging.ListEventSourceMappings);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data ? `(${query.data.length})` : ""}
          description="A trigger is added on the function's page, by Add trigger."
        >
          Lambda triggers
        </Header>
      }
    >
      <Loaded query={query}>
        {(mappings) => (
          <Table<EventSourceMappingConfiguration>
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: "Lambda triggers" }}
            items={mappings}
            trackBy={({ UUID = "" }) => UUID}
            columnDefinitions={[
              {
                id: "function",
                header: "Function",
                isRowHeader: true,
                cell: ({ FunctionArn = "" }) => {
                  const [name, qualifier] = functionOf(FunctionArn);
                  return (
                    <PageLink to={paths.functionConfiguration(name, "triggers", qualifier)}>
                      {qualifier === undefined ? name : `${name}:${qualifier}`}
                    </PageLink>
                  );
                },
              },
              { id: "state", header: "State", cell: (mapping) => <TriggerState mapping={mapping} /> },
              { id: "batch", header: "Batch size", cell: ({ BatchSize }) => BatchSize ?? "-" },
              { id: "modified", header: "Last modified", cell: ({ LastModified }) => <Moment time={LastModified} /> },
            ]}
            empty={<EmptyState title="No Lambda triggers">No function runs for this queue&apos;s messages.</EmptyState>}
          />
        )}
      </Loaded>
    </Container>
  );
}
