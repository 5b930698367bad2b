import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useAws } from "../../api/hooks.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { pairsOf } from "../../functions/detail/configuration/pairs.ts";
import { Loaded } from "../../shared/loaded.tsx";
import { TagsTable } from "../../shared/tags-table.tsx";
import type { ShownQueue } from "./shown-queue.ts";

/** The queue's tags. */
export function QueueTagsTab({ queue }: ShownQueue) {
  const query = useAws("sqs", "ListQueueTags", { QueueUrl: queue.url });
  const follow = useFollow();
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button ariaLabel="Edit tags" href={hrefOf(paths.editQueue(queue.name))} onFollow={follow}>
              Edit
            </Button>
          }
        >
          Tags
        </Header>
      }
    >
      <Loaded query={query}>{({ Tags = {} }) => <TagsTable tags={pairsOf(Tags)} />}</Loaded>
    </Container>
  );
}
