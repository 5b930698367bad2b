import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useAws } from "../../api/hooks.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { Loaded } from "../../shared/loaded.tsx";
import { TagsTable } from "../../shared/tags-table.tsx";
import type { ListedTopic } from "../topic.ts";

/** The topic's tags. */
export function TopicTagsTab({ topic }: { readonly topic: ListedTopic }) {
  const query = useAws("sns", "ListTagsForResource", { ResourceArn: topic.arn });
  const follow = useFollow();
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button ariaLabel="Edit tags" href={hrefOf(paths.editTopic(topic.name))} onFollow={follow}>
              Edit
            </Button>
          }
        >
          Tags
        </Header>
      }
    >
      <Loaded query={query}>
        {({ Tags = [] }) => <TagsTable tags={Tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }))} />}
      </Loaded>
    </Container>
  );
}
