import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { Moment } from "../../../shared/moment.tsx";
import { useCurrentFunction } from "../function-context.ts";

/** On the page of a version: that it is one, and the way to what can be changed. */
export function VersionBanner() {
  const { functionName, configuration } = useCurrentFunction();
  const { Version, LastModified } = configuration;
  return (
    <Alert
      type="info"
      header={`This is version ${Version} of the function`}
      action={
        <Button href={hrefOf(paths.function(functionName))} onFollow={useFollow()}>
          Go to $LATEST
        </Button>
      }
    >
      Published <Moment time={LastModified} />. Its code and configuration can&apos;t be changed; changes are made to $LATEST and published
      as another version.
    </Alert>
  );
}
